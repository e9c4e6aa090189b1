/**
 * A list from which one thing is picked while the focus stays on the element that owns it: the picker above the message
 * box and the menus under an answer (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 *
 * @typedef {{ title: string, detail?: string, mark?: string, chosen?: boolean, pick: () => void }} Entry
 * @typedef {{ label?: string, entries: Entry[] }} Group
 */

import { el, icon, uniqueId } from './dom.js';

export class Listbox {
  #root;
  /** @type {HTMLElement | null} */
  #owner = null;
  /** @type {{ entry: Entry, element: HTMLElement }[]} */
  #rows = [];
  #active = -1;

  /**
   * @param {HTMLElement} root
   * @param {string} label
   */
  constructor(root, label) {
    this.#root = root;
    root.id ||= uniqueId('list');
    root.setAttribute('role', 'listbox');
    root.setAttribute('aria-label', label);
    // The focus stays where it is.
    root.addEventListener('mousedown', (event) => event.preventDefault());
  }

  get id() {
    return this.#root.id;
  }

  get hasActive() {
    return this.#active >= 0;
  }

  get isEmpty() {
    return this.#rows.length === 0;
  }

  /**
   * The element that has the focus while something is picked.
   *
   * @param {HTMLElement} owner
   */
  ownedBy(owner) {
    this.#owner?.removeAttribute('aria-activedescendant');
    this.#owner = owner;
    this.#tellOwner();
  }

  /**
   * @param {Group[]} groups
   * @param {number} [active] the entry that Enter picks; -1 for none
   */
  fill(groups, active = -1) {
    this.#rows = [];
    this.#root.replaceChildren(...groups.filter((group) => group.entries.length > 0).map((group) => this.#drawGroup(group)));
    this.#root.scrollTop = 0;
    this.activate(active);
  }

  /** @param {number} step */
  move(step) {
    const count = this.#rows.length;
    if (count === 0) return;
    const from = this.#active < 0 && step < 0 ? 0 : this.#active;
    this.activate((from + step + count) % count);
  }

  /** @param {number} at -1 for none, and counted from the end below that */
  activate(at) {
    this.#active = at < -1 ? this.#rows.length + at + 1 : Math.min(at, this.#rows.length - 1);
    this.#rows.forEach(({ entry, element }, index) => {
      const isActive = index === this.#active;
      element.classList.toggle('is-active', isActive);
      element.setAttribute('aria-selected', String(entry.chosen ?? isActive));
    });
    this.#rows[this.#active]?.element.scrollIntoView({ block: 'nearest' });
    this.#tellOwner();
  }

  /** The first entry whose title begins so, after the active one. @param {string} text */
  seek(text) {
    const count = this.#rows.length;
    for (let step = 1; step <= count; step += 1) {
      const at = (this.#active + step) % count;
      if (this.#rows[at].entry.title.toLowerCase().startsWith(text.toLowerCase())) return this.activate(at);
    }
  }

  /** @returns {boolean} whether there was something to pick */
  pick() {
    const row = this.#rows[this.#active];
    row?.entry.pick();
    return row !== undefined;
  }

  #tellOwner() {
    const active = this.#rows[this.#active]?.element.id;
    if (active) this.#owner?.setAttribute('aria-activedescendant', active);
    else this.#owner?.removeAttribute('aria-activedescendant');
  }

  /** @param {Group} group */
  #drawGroup({ label, entries }) {
    const rows = entries.map((entry) => this.#drawEntry(entry));
    if (!label) return el('div', { role: 'group', class: 'list-group' }, ...rows);
    const id = uniqueId('group');
    const heading = el('div', { class: 'list-heading', id, role: 'presentation' }, label);
    return el('div', { role: 'group', class: 'list-group', 'aria-labelledby': id }, heading, ...rows);
  }

  /** @param {Entry} entry */
  #drawEntry(entry) {
    const at = this.#rows.length;
    const element = el(
      'div',
      {
        id: uniqueId('entry'),
        class: 'list-entry',
        role: 'option',
        'aria-selected': 'false',
        mousemove: () => this.#active !== at && this.activate(at),
        click: () => entry.pick(),
      },
      el('span', { class: 'list-text' },
        el('span', { class: 'list-title' }, entry.title),
        entry.detail ? el('span', { class: 'list-detail' }, entry.detail) : null),
      entry.mark ? el('span', { class: 'list-mark' }, entry.mark) : null,
      entry.chosen ? icon('check') : null,
    );
    this.#rows.push({ entry, element });
    return element;
  }
}
