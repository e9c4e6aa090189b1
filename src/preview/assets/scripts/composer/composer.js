/** The message box: plain text, or a command whose options are pills. */

import { matching, named } from '../catalog.js';
import { el, icon } from '../dom.js';
import { begin, choicesOf, drop, fill, left, mistake, mistakes, nameTyped, optionOf, parseLine } from '../draft.js';
import { Pills } from './pills.js';
import { Popup } from './popup.js';
import { Suggestions } from './suggestions.js';

/** @typedef {import('../catalog.js').Command} Command */
/** @typedef {import('../draft.js').Draft} Draft */
/** @typedef {import('../types.js').Choice} Choice */
/** @typedef {import('../listbox.js').Entry} Entry */
/**
 * @typedef {{
 *   commands: () => Command[],
 *   suggest: (draft: Draft, name: string, signal: AbortSignal) => Promise<Choice[]>,
 *   send: (draft: Draft) => void,
 *   say: (text: string) => string | null,
 *   leave: () => void,
 * }} Doings what the composer asks for; `say` gives what is wrong with the text, `leave` goes up to the messages
 */

export class Composer {
  #form;
  #doings;
  #popup;
  #pills;
  #text;
  #cancel;
  #suggestions;
  /** @type {Draft | null} */
  #draft = null;
  /** What kept the draft from being sent, by option, until something is typed. @type {Map<string, string>} */
  #refused = new Map();

  /**
   * @param {HTMLFormElement} form
   * @param {string} placeholder
   * @param {Doings} doings
   */
  constructor(form, placeholder, doings) {
    this.#form = form;
    this.#doings = doings;
    this.#text = el('input', {
      id: 'composer-text',
      class: 'composer-text',
      type: 'text',
      placeholder,
      'aria-label': placeholder,
      enterkeyhint: 'send',
      input: () => this.#typed(),
      focus: () => this.#typed(),
      keydown: (/** @type {KeyboardEvent} */ event) => this.#textKey(event),
    });
    const pills = el('div', { class: 'pills', role: 'group', 'aria-label': 'Command' });
    this.#cancel = el('button', { type: 'button', class: 'tool', 'aria-label': 'Cancel the command', title: 'Cancel the command', click: () => this.clear() }, icon('close'));
    const send = el('button', { type: 'submit', class: 'tool send', 'aria-label': 'Send', title: 'Send' }, icon('send'));
    const popup = el('div', { class: 'popup' });
    form.append(popup, el('div', { class: 'composer-box' }, this.#text, pills, this.#cancel, send));
    this.#popup = new Popup(popup);
    this.#pills = new Pills(pills, {
      input: (name, text) => this.#optionTyped(name, text),
      focus: (name) => this.#optionFocused(name),
      keydown: (name, event) => this.#optionKey(name, event),
    });
    this.#suggestions = new Suggestions(async ({ name }, signal) =>
      this.#draft ? doings.suggest(this.#draft, name, signal) : []);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.addEventListener('focusout', (event) => {
      if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) this.#closePopup();
    });
    this.#show();
  }

  /** Back to an empty box. */
  clear() {
    this.#setDraft(null);
    this.#text.value = '';
    this.#text.focus();
    this.#closePopup();
  }

  focus() {
    if (this.#draft) this.#pills.focus(null);
    else this.#text.focus();
  }

  /** A text to go on with, such as the first letter of a command. @param {string} text */
  type(text) {
    this.clear();
    this.#text.value = text;
    this.#typed();
  }

  /**
   * A command to go on with.
   *
   * @param {Draft} draft
   */
  open(draft) {
    this.#setDraft(draft);
    const [wrong] = mistakes(draft);
    this.#pills.focus(wrong?.name ?? null);
  }

  /** The commands changed: who asks has other rights now. */
  commandsChanged() {
    const known = this.#doings.commands().some((command) => command.path === this.#draft?.command.path);
    if (this.#draft && !known) this.#setDraft(null);
  }

  /** @param {Draft | null} draft */
  #setDraft(draft) {
    this.#draft = draft;
    this.#refused.clear();
    this.#suggestions.cancel();
    this.#show();
  }

  #show() {
    this.#text.hidden = this.#draft !== null;
    this.#cancel.hidden = this.#draft === null;
    this.#form.classList.toggle('has-command', this.#draft !== null);
    if (this.#draft) this.#pills.draw(this.#draft);
    else this.#pills.clear();
  }

  #closePopup() {
    this.#suggestions.cancel();
    this.#popup.close();
  }

  #submit() {
    const commands = this.#doings.commands();
    const draft = this.#draft ?? parseLine(commands, this.#text.value);
    if (draft) return this.#sendDraft(draft);
    const text = this.#text.value.trim();
    if (text === '') return;
    if (text.startsWith('/')) {
      return this.#popup.open({ text: 'There is no such command. Type / to see all of them.', isMistake: true }, []);
    }
    const wrong = this.#doings.say(text);
    if (wrong) this.#popup.open({ text: wrong, isMistake: true }, []);
    else this.clear();
  }

  /** @param {Draft} draft */
  #sendDraft(draft) {
    const wrong = mistakes(draft);
    if (wrong.length === 0) {
      this.clear();
      return this.#doings.send(draft);
    }
    if (!this.#draft) this.#setDraft(draft);
    this.#refused = new Map(wrong.map(({ name, message }) => [name, message]));
    this.#pills.mark(this.#refused);
    this.#pills.focus(wrong[0].name);
    this.#optionFocused(wrong[0].name);
  }

  // Plain text, or the name of a command.

  #typed() {
    const text = this.#text.value;
    this.#popup.ownedBy(this.#text);
    const command = named(this.#doings.commands(), text);
    if (command) return this.#begin(command);
    if (!text.startsWith('/')) return;
    const groups = Map.groupBy(matching(this.#doings.commands(), text.slice(1)), (one) => one.group);
    this.#popup.open(null, [...groups].map(([label, commands]) => ({
      label,
      entries: commands.map((one) => ({
        title: `/${one.path}`,
        detail: one.description,
        mark: one.options.filter((option) => option.required).map((option) => option.name).join(' '),
        pick: () => this.#begin(one),
      })),
    })), 0);
  }

  /** @param {KeyboardEvent} event */
  #textKey(event) {
    if (event.key === 'ArrowUp' && this.#text.value === '') {
      event.preventDefault();
      return this.#doings.leave();
    }
    if (this.#listKey(event)) return;
    if (event.key === 'Escape') this.#closePopup();
  }

  /** @param {Command} command */
  #begin(command) {
    this.#text.value = '';
    this.open(begin(command));
  }

  // The options of a command.

  /** @param {string | null} name */
  #optionFocused(name) {
    const field = this.#pills.field(name);
    if (!field) return;
    this.#suggestions.cancel();
    this.#popup.ownedBy(field);
    this.#suggest(name, field.value, true);
  }

  /**
   * @param {string | null} name
   * @param {string} text
   */
  #optionTyped(name, text) {
    if (!this.#draft) return;
    const other = nameTyped(this.#draft, text);
    if (other) return this.#turnTo(name, other);
    if (name !== null) this.#draft = fill(this.#draft, name, { text });
    this.#refused.clear();
    this.#pills.mark(this.#refused);
    this.#suggest(name, text, false);
  }

  /**
   * The name of another option was typed: what stood before it stays, and the typing goes on there.
   *
   * @param {string | null} name
   * @param {{ before: string, name: string }} other
   */
  #turnTo(name, other) {
    if (!this.#draft) return;
    const draft = name === null ? this.#draft : fill(this.#draft, name, { text: other.before });
    this.#setDraft(draft.given.has(other.name) ? draft : fill(draft, other.name));
    this.#pills.focus(other.name);
  }

  /**
   * Shows what an option is for and what it may become.
   *
   * @param {string | null} name
   * @param {string} text
   * @param {boolean} isFirst whether the field has just got the focus
   */
  #suggest(name, text, isFirst) {
    if (!this.#draft) return;
    if (name === null) return this.#offerOptions(text);
    const option = optionOf(this.#draft, name);
    const isTyping = text.trim() !== '' && !choicesOf(option);
    const wrong = this.#refused.get(name) ?? (isTyping ? mistake(option, { text }) : null);
    const hint = { title: name, text: wrong ?? option.description, isMistake: wrong !== null };
    if (!option.autocomplete) {
      this.#suggestions.cancel();
      const groups = this.#closedList(name, isFirst ? '' : text);
      return this.#popup.open(hint, groups, text.trim() === '' || isFirst ? -1 : 0);
    }
    // What is shown for another text is picked by nobody.
    this.#popup.open(hint, []);
    if (isFirst && this.#draft.given.get(name)?.picked !== undefined) return;
    this.#suggestions.request(name, isFirst, (choices) => {
      const entries = choices.map((choice) => this.#entry(name, choice));
      this.#popup.open(hint, [{ entries }], text.trim() === '' ? -1 : 0);
    });
  }

  /**
   * The choices of an option that has a closed list.
   *
   * @param {string} name
   * @param {string} [typed]
   */
  #closedList(name, typed = '') {
    if (!this.#draft) return [];
    const wanted = typed.trim().toLowerCase();
    const choices = choicesOf(optionOf(this.#draft, name)) ?? [];
    const entries = choices
      .filter((choice) => choice.name.toLowerCase().includes(wanted))
      .map((choice) => this.#entry(name, choice));
    return [{ entries }];
  }

  /**
   * @param {string} name
   * @param {Choice} choice
   * @returns {Entry}
   */
  #entry(name, choice) {
    return { title: choice.name, pick: () => this.#pickValue(name, choice) };
  }

  /** @param {string} text */
  #offerOptions(text) {
    if (!this.#draft) return;
    const wanted = text.trim().toLowerCase();
    const entries = left(this.#draft)
      .filter((option) => option.name.startsWith(wanted))
      .map((option) => ({ title: option.name, detail: option.description, pick: () => this.#addOption(option.name) }));
    this.#popup.open(null, [{ label: 'Options', entries }], wanted === '' ? -1 : 0);
  }

  /** @param {string} name */
  #addOption(name) {
    if (!this.#draft) return;
    this.#setDraft(fill(this.#draft, name));
    this.#pills.focus(name);
  }

  /**
   * @param {string} name
   * @param {Choice} choice
   */
  #pickValue(name, choice) {
    if (!this.#draft) return;
    const draft = fill(this.#draft, name, { text: choice.name, picked: choice.value });
    this.#setDraft(draft);
    const empty = draft.command.options.find((option) => option.required && draft.given.get(option.name)?.text === '');
    this.#pills.focus(empty?.name ?? null);
  }

  /**
   * @param {string | null} name
   * @param {KeyboardEvent} event
   */
  #optionKey(name, event) {
    if (this.#listKey(event)) return;
    const field = this.#pills.field(name);
    if (!field || !this.#draft) return;
    const isAtStart = field.selectionEnd === 0;
    const isAtEnd = field.selectionStart === field.value.length;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (this.#popup.isOpen && !this.#popup.list.isEmpty) this.#closePopup();
      else this.clear();
    } else if (event.key === 'Backspace' && field.value === '') {
      event.preventDefault();
      this.#stepBack(name);
    } else if (event.key === 'ArrowLeft' && isAtStart) {
      this.#stepTo(this.#pills.beside(name, -1), event);
    } else if (event.key === 'ArrowRight' && isAtEnd) {
      this.#stepTo(this.#pills.beside(name, 1), event);
    }
  }

  /**
   * @param {string | null | undefined} name
   * @param {KeyboardEvent} event
   */
  #stepTo(name, event) {
    if (name === undefined) return;
    event.preventDefault();
    this.#pills.focus(name);
  }

  /** Backspace where nothing is left to delete: the option goes, and with the first one the command. @param {string | null} name */
  #stepBack(name) {
    if (!this.#draft) return;
    const before = this.#pills.beside(name, -1);
    if (before === undefined) {
      return this.type(`/${this.#draft.command.path}`);
    }
    if (name !== null && !optionOf(this.#draft, name).required) this.#setDraft(drop(this.#draft, name));
    this.#pills.focus(before);
  }

  /**
   * The keys that the list takes. An entry is active only once something was typed or an arrow pressed, so Tab also
   * goes through the fields as everywhere.
   *
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it took this one
   */
  #listKey(event) {
    const { list } = this.#popup;
    if (event.isComposing || list.isEmpty) return false;
    const isPick = event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey);
    if (event.key === 'ArrowDown') list.move(1);
    else if (event.key === 'ArrowUp') list.move(-1);
    else if (!isPick || !list.pick()) return false;
    event.preventDefault();
    return true;
  }
}
