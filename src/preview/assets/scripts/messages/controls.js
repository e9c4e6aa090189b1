/** The rows of buttons and menus under a message. */

import { el, icon } from '../dom.js';
import { drawSelect } from './select.js';

/** @typedef {import('../types.js').Row} Row */
/** @typedef {import('../types.js').Button} Button */
/** @typedef {import('../types.js').Select} Select */
/** @typedef {(control: Button | Select, choice?: string) => Promise<void>} Press */

const SELECT = 3;

/** @type {Record<number, string>} */
const STYLES = { 1: 'is-primary', 2: 'is-secondary', 3: 'is-success', 4: 'is-danger', 5: 'is-link' };

/**
 * @param {Row[]} rows
 * @param {Press} press
 */
export function drawControls(rows, press) {
  const root = el('div', { class: 'controls' });
  /**
   * Nothing else can be pressed until the answer is there.
   *
   * @param {Button | Select} control
   * @param {string} [choice]
   */
  const pressOnce = async (control, choice) => {
    if (root.getAttribute('aria-busy') === 'true') return;
    root.setAttribute('aria-busy', 'true');
    try {
      await press(control, choice);
    } finally {
      root.removeAttribute('aria-busy');
    }
  };
  root.append(...rows.map((row) => el('div', { class: 'controls-row' },
    ...row.components.map((control) => (control.type === SELECT
      ? drawSelect(control, (choice) => pressOnce(control, choice))
      : drawButton(control, () => pressOnce(control)))))));
  return root;
}

/**
 * @param {Button} button
 * @param {() => void} onPress
 */
function drawButton(button, onPress) {
  const kind = `button ${STYLES[button.style] ?? 'is-secondary'}`;
  if (button.url) {
    return el('a', { class: kind, href: button.url, target: '_blank', rel: 'noopener noreferrer' }, button.label, icon('link'));
  }
  return el('button', { type: 'button', class: kind, disabled: button.disabled, click: onPress }, button.label);
}
