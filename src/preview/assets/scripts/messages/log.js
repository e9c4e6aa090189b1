/** The messages of the channel, the newest last; arrow keys go from one to the next. */

import { el } from '../dom.js';
import { drawMessage } from './message.js';

/** @typedef {import('../conversation.js').Message} Message */
/** @typedef {import('./message.js').Doings} Doings */

/** @typedef {import('../conversation.js').View} View */

/** @implements {View} */
export class Log {
  #root;
  #doings;
  #leave;
  /** @type {Map<Message, HTMLElement>} */
  #drawn = new Map();

  /**
   * @param {HTMLElement} root
   * @param {Doings} doings
   * @param {() => void} leave goes back to the message box
   */
  constructor(root, doings, leave) {
    this.#root = root;
    this.#doings = doings;
    this.#leave = leave;
    const today = new Intl.DateTimeFormat('en-US', { dateStyle: 'long' }).format(new Date());
    root.append(el('div', { class: 'day', role: 'separator', 'aria-label': today }, el('span', { 'aria-hidden': 'true' }, today)));
    root.addEventListener('keydown', (event) => this.#onKey(event));
    root.addEventListener('contextmenu', (event) => this.#onMenu(event));
    root.addEventListener('focusin', (event) => this.#enter(/** @type {Node} */ (event.target)));
  }

  /** @param {Message} message */
  add(message) {
    const article = drawMessage(message, this.#doings);
    this.#drawn.set(message, article);
    this.#root.append(article);
    this.#enter(article);
    this.#show(article);
  }

  /** @param {Message} message */
  change(message) {
    const old = this.#drawn.get(message);
    if (!old) return;
    const focus = focusWithin(old);
    const isAtEnd = this.#root.scrollHeight - this.#root.scrollTop - this.#root.clientHeight < 8;
    const article = drawMessage(message, this.#doings);
    article.tabIndex = old.tabIndex;
    this.#drawn.set(message, article);
    old.replaceWith(article);
    focus(article);
    if (isAtEnd && article.offsetHeight < this.#root.clientHeight) this.#root.scrollTop = this.#root.scrollHeight;
  }

  /** @param {Message} message */
  remove(message) {
    const article = this.#drawn.get(message);
    const hadFocus = article?.contains(document.activeElement);
    const beside = article?.previousElementSibling;
    this.#drawn.delete(message);
    article?.remove();
    const last = beside instanceof HTMLElement && beside.matches('.message') ? beside : [...this.#drawn.values()].at(-1);
    if (last) this.#enter(last);
    if (!hadFocus) return;
    if (last) last.focus();
    else this.#leave();
  }

  /** Says that a message was refreshed. @param {Message} message */
  flash(message) {
    this.#drawn.get(message)?.classList.add('is-fresh');
  }

  /** Goes to the newest message. */
  focus() {
    [...this.#drawn.values()].at(-1)?.focus();
  }

  /** A new message is seen from its beginning, and to its end where that fits. @param {HTMLElement} article */
  #show(article) {
    const fits = article.offsetHeight < this.#root.clientHeight;
    this.#root.scrollTop = fits ? this.#root.scrollHeight : article.offsetTop - this.#root.offsetTop;
  }

  /** The message that Tab comes to. @param {Node} target */
  #enter(target) {
    for (const article of this.#drawn.values()) article.tabIndex = article.contains(target) ? 0 : -1;
  }

  /** @param {Event} event @returns {[Message, HTMLElement] | undefined} */
  #of(event) {
    return [...this.#drawn].find(([, article]) => article.contains(/** @type {Node} */ (event.target)));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const found = this.#of(event);
    if (!found) return;
    const [message, article] = found;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      const { left, top } = article.getBoundingClientRect();
      return this.#doings.more(message, { x: left + 56, y: top + 32 }, article);
    }
    if (event.target !== article) return;
    const articles = [...this.#drawn.values()];
    const at = articles.indexOf(article);
    /** @type {Record<string, HTMLElement | undefined>} */
    const next = { ArrowUp: articles[at - 1], ArrowDown: articles[at + 1], Home: articles[0], End: articles.at(-1) };
    if (event.key === 'Escape' || (event.key === 'ArrowDown' && !next.ArrowDown)) {
      event.preventDefault();
      return this.#leave();
    }
    if (!next[event.key]) return;
    event.preventDefault();
    next[event.key]?.focus();
  }

  /** @param {MouseEvent} event */
  #onMenu(event) {
    const found = this.#of(event);
    const isLink = /** @type {Element} */ (event.target).closest('a');
    if (!found || isLink || !window.getSelection()?.isCollapsed) return;
    event.preventDefault();
    this.#doings.more(found[0], { x: event.clientX, y: event.clientY }, found[1]);
  }
}

const CONTROLS = '.button, .select';

/**
 * Remembers which control of an article has the focus, for the article that takes its place.
 *
 * @param {HTMLElement} old
 * @returns {(article: HTMLElement) => void}
 */
function focusWithin(old) {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  if (!active || !old.contains(active)) return () => {};
  const label = active.textContent;
  const at = [...old.querySelectorAll(CONTROLS)].indexOf(active);
  return (article) => {
    const controls = /** @type {HTMLElement[]} */ ([...article.querySelectorAll(CONTROLS)]);
    const same = controls.find((control) => control.textContent === label) ?? controls[at];
    if (at >= 0 && same && !same.hasAttribute('disabled')) same.focus();
    else article.focus();
  };
}
