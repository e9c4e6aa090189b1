/** What opens above the message box: a line about what is typed, and a list of what it may become. */

import { el, uniqueId } from '../dom.js';
import { Listbox } from '../listbox.js';

/** @typedef {import('../listbox.js').Group} Group */
/** @typedef {{ title?: string, text: string, isMistake?: boolean }} Hint */

export class Popup {
  #root;
  #hint;
  #scroll;
  #list;
  /** @type {HTMLElement | null} */
  #owner = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#hint = el('p', { class: 'popup-hint', id: uniqueId('hint') });
    this.#scroll = el('div', { class: 'popup-list' });
    this.#list = new Listbox(this.#scroll, 'Suggestions');
    root.append(this.#hint, this.#scroll);
    this.close();
  }

  get list() {
    return this.#list;
  }

  get isOpen() {
    return !this.#root.hidden;
  }

  /** The field that the popup speaks about. @param {HTMLElement} owner */
  ownedBy(owner) {
    this.close();
    this.#owner = owner;
    owner.setAttribute('role', 'combobox');
    owner.setAttribute('aria-autocomplete', 'list');
    owner.setAttribute('aria-controls', this.#list.id);
    owner.setAttribute('aria-expanded', 'false');
    owner.setAttribute('aria-describedby', this.#hint.id);
    this.#list.ownedBy(owner);
  }

  /**
   * @param {Hint | null} hint
   * @param {Group[]} groups
   * @param {number} [active]
   */
  open(hint, groups, active = -1) {
    this.#hint.replaceChildren(...(hint?.title ? [el('strong', {}, hint.title), ' '] : []), hint?.text ?? '');
    this.#hint.hidden = hint === null;
    this.#hint.classList.toggle('is-mistake', hint?.isMistake === true);
    this.#list.fill(groups, active);
    this.#scroll.hidden = this.#list.isEmpty;
    this.#root.hidden = hint === null && this.#list.isEmpty;
    this.#owner?.setAttribute('aria-expanded', String(!this.#list.isEmpty));
  }

  close() {
    this.open(null, []);
  }
}
