/** The options of a command as pills in the message box: each a name and a field. */

import { el, uniqueId } from '../dom.js';
import { left, optionOf } from '../draft.js';

/** @typedef {import('../draft.js').Draft} Draft */
/** @typedef {{ input: (name: string | null, text: string) => void, focus: (name: string | null) => void,
 *   keydown: (name: string | null, event: KeyboardEvent) => void }} Handlers where `name` is null for the field behind
 *   the pills, which takes the name of one more option */

export class Pills {
  #root;
  #handlers;
  /** @type {Map<string | null, HTMLInputElement>} */
  #fields = new Map();

  /**
   * @param {HTMLElement} root
   * @param {Handlers} handlers
   */
  constructor(root, handlers) {
    this.#root = root;
    this.#handlers = handlers;
  }

  /** @param {Draft} draft */
  draw(draft) {
    this.#fields.clear();
    const pills = [...draft.given].map(([name, given]) => this.#drawPill(draft, name, given.text));
    const more = left(draft).length;
    const tail = this.#field(null, '');
    tail.classList.add('tail');
    tail.setAttribute('aria-label', more > 0 ? 'One more option' : 'End of the command');
    tail.placeholder = more > 0 ? `+${more} more` : '';
    tail.readOnly = more === 0;
    this.#root.replaceChildren(el('span', { class: 'command' }, `/${draft.command.path}`), ...pills, tail);
  }

  clear() {
    this.#fields.clear();
    this.#root.replaceChildren();
  }

  /** @param {string | null} name */
  field(name) {
    return this.#fields.get(name);
  }

  /** @param {string | null} name */
  focus(name) {
    const field = this.#fields.get(name);
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
    field?.closest('.pill, .tail')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /**
   * The field before or after this one.
   *
   * @param {string | null} name
   * @param {number} step
   * @returns {string | null | undefined} undefined where there is none
   */
  beside(name, step) {
    const names = [...this.#fields.keys()];
    return names[names.indexOf(name) + step];
  }

  /** @param {ReadonlyMap<string | null, string>} mistakes */
  mark(mistakes) {
    for (const [name, field] of this.#fields) {
      const isWrong = mistakes.has(name);
      field.closest('.pill')?.classList.toggle('is-wrong', isWrong);
      if (isWrong) field.setAttribute('aria-invalid', 'true');
      else field.removeAttribute('aria-invalid');
    }
  }

  /**
   * @param {Draft} draft
   * @param {string} name
   * @param {string} text
   */
  #drawPill(draft, name, text) {
    const option = optionOf(draft, name);
    const field = this.#field(name, text);
    field.id = uniqueId('option');
    field.setAttribute('aria-required', String(option.required === true));
    return el('span', { class: 'pill' }, el('label', { for: field.id }, name), field);
  }

  /**
   * @param {string | null} name
   * @param {string} text
   */
  #field(name, text) {
    const field = el('input', {
      type: 'text',
      spellcheck: 'false',
      enterkeyhint: 'send',
      input: () => this.#handlers.input(name, field.value),
      focus: () => this.#handlers.focus(name),
      keydown: (/** @type {KeyboardEvent} */ event) => this.#handlers.keydown(name, event),
    });
    field.value = text;
    this.#fields.set(name, field);
    return field;
  }
}
