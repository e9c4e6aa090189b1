/** The column at the side: what to try, who asks. On a phone it opens over the channel. */

import { byId, el } from './dom.js';

/**
 * @param {string[]} lines
 * @param {(line: string) => void} onTry
 */
export function showExamples(lines, onTry) {
  byId('examples').replaceChildren(...lines.map((line) =>
    el('li', {}, el('button', { type: 'button', class: 'side-example', click: () => onTry(line) }, ...exampleParts(line)))));
}

/** @param {string} line */
function exampleParts(line) {
  const [, command, rest] = /^(\/\S+)(.*)$/.exec(line) ?? [line, '', line];
  return [el('strong', {}, command), rest];
}

/** Makes the column open and close on a phone. */
export function startSide() {
  const side = byId('side');
  const opener = byId('side-open');
  const scrim = byId('scrim');
  /** @param {boolean} isOpen */
  const show = (isOpen) => {
    side.classList.toggle('is-open', isOpen);
    scrim.hidden = !isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
  };
  opener.addEventListener('click', () => {
    show(true);
    side.querySelector('button')?.focus();
  });
  scrim.addEventListener('click', () => show(false));
  side.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || scrim.hidden) return;
    show(false);
    opener.focus();
  });
  return { close: () => show(false) };
}
