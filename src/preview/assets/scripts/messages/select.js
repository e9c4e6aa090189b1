/** A menu under a message: a button that opens a list. */

import { el, icon } from '../dom.js';
import { Listbox } from '../listbox.js';

/** @typedef {import('../types.js').Select} Select */

/** Milliseconds after which a letter begins a new word to look for. */
const WORD_PAUSE = 700;

/**
 * @param {Select} select
 * @param {(choice: string) => void} onChoose
 */
export function drawSelect(select, onChoose) {
  const current = select.options.findIndex((option) => option.default);
  const label = select.placeholder ?? 'Pick one';
  const button = el('button', {
    type: 'button',
    class: 'select',
    role: 'combobox',
    disabled: select.disabled,
    'aria-label': label,
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
  }, el('span', { class: current < 0 ? 'select-empty' : 'select-value' }, select.options[current]?.label ?? label), icon('down'));
  const root = el('div', { class: 'select-list', hidden: true });
  const list = new Listbox(root, label);
  list.ownedBy(button);
  button.setAttribute('aria-controls', list.id);

  const isOpen = () => !root.hidden;
  const close = () => {
    root.hidden = true;
    list.fill([]);
    button.setAttribute('aria-expanded', 'false');
  };
  /** @param {string} value */
  const choose = (value) => {
    close();
    button.focus();
    onChoose(value);
  };
  const open = () => {
    root.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    const entries = select.options.map((option, at) => ({
      title: option.label,
      detail: option.description,
      chosen: at === current,
      pick: () => choose(option.value),
    }));
    list.fill([{ entries }], Math.max(current, 0));
    root.classList.toggle('is-above', !fitsBelow(button, root));
  };

  let word = '';
  let wordAt = 0;
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key === 'Escape' && isOpen()) close();
    else if (event.key === 'Tab') return close();
    else if (!isOpen()) {
      if (!['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(event.key)) return;
      open();
    } else if (event.key === 'ArrowDown') list.move(1);
    else if (event.key === 'ArrowUp') list.move(-1);
    else if (event.key === 'Home') list.activate(0);
    else if (event.key === 'End') list.activate(-2);
    else if (event.key === 'Enter' || (event.key === ' ' && word === '')) list.pick();
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      word = event.timeStamp - wordAt > WORD_PAUSE ? event.key : word + event.key;
      wordAt = event.timeStamp;
      list.seek(word);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  button.addEventListener('click', () => (isOpen() ? close() : open()));
  button.addEventListener('keydown', onKey);
  button.addEventListener('blur', close);
  return el('div', { class: 'select-frame' }, button, root);
}

/**
 * Whether the list fits between the button and the end of what can be scrolled into view.
 *
 * @param {HTMLElement} button
 * @param {HTMLElement} list
 */
function fitsBelow(button, list) {
  const log = button.closest('.log')?.getBoundingClientRect();
  const place = button.getBoundingClientRect();
  if (!log) return true;
  const below = log.bottom - place.bottom;
  return below >= list.offsetHeight || below >= place.top - log.top;
}
