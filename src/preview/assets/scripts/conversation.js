/**
 * What was said in the channel, and what comes of it. Knows no elements: a view is told what to draw.
 *
 * @typedef {import('./types.js').Interaction} Interaction
 * @typedef {import('./types.js').MessageData} MessageData
 * @typedef {import('./types.js').Person} Person
 * @typedef {import('./types.js').Response} Response
 * @typedef {import('./types.js').Then} Then
 * @typedef {import('./types.js').Button} Button
 * @typedef {import('./types.js').Select} Select
 * @typedef {import('./draft.js').Draft} Draft
 * @typedef {import('./interaction.js').Interactions} Interactions
 *
 * Where a message comes from: a command, a control of another message, an entry in its menu.
 * @typedef {{ kind: 'command', draft: Draft } | { kind: 'control', title: string } | { kind: 'menu', name: string }} Origin
 *
 * @typedef {{
 *   id: string,
 *   at: number,
 *   author: Person | null,
 *   asker: Person | null,
 *   origin: Origin | null,
 *   state: 'shown' | 'thinking' | 'failed',
 *   data: MessageData,
 *   asked: Interaction | null,
 * }} Message `author` is null where the bot wrote it; `asked` brings the message again, where that does no harm
 *
 * @typedef {{ add: (message: Message) => void, change: (message: Message) => void, remove: (message: Message) => void }} View
 */

import { ask } from './endpoint.js';
import { snowflake } from './interaction.js';

const SHOW = 4;
const DEFERRED_SHOW = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
const EPHEMERAL = 64;

/** @param {Message} message */
export function isPrivate(message) {
  return ((message.data.flags ?? 0) & EPHEMERAL) !== 0;
}

export class Conversation {
  #interactions;
  #you;
  #view;
  /** @type {Message[]} */
  #messages = [];

  /**
   * @param {Interactions} interactions
   * @param {Person} you
   * @param {View} view
   */
  constructor(interactions, you, view) {
    this.#interactions = interactions;
    this.#you = you;
    this.#view = view;
  }

  /**
   * A person writes something.
   *
   * @param {Person} author
   * @param {string} content
   * @param {number} [at]
   */
  say(author, content, at = Date.now()) {
    this.#add({ id: snowflake(), at, author, asker: null, origin: null, state: 'shown', data: { content }, asked: null });
  }

  /** @param {Draft} draft */
  run(draft) {
    return this.#exchange(this.#interactions.command(draft), { kind: 'command', draft }, null);
  }

  /**
   * @param {Message} message
   * @param {Button | Select} control
   * @param {string} [choice]
   */
  press(message, control, choice) {
    const title = message.data.embeds?.[0]?.title ?? '';
    const interaction = this.#interactions.press(message, control.custom_id ?? '', choice);
    return this.#exchange(interaction, { kind: 'control', title }, message);
  }

  /**
   * @param {string} name of the entry in the message's menu
   * @param {Message} message
   */
  runMenu(name, message) {
    return this.#exchange(this.#interactions.messageMenu(name, message), { kind: 'menu', name }, null);
  }

  /** @param {Message} message */
  remove(message) {
    this.#messages = this.#messages.filter((one) => one !== message);
    this.#view.remove(message);
  }

  /**
   * Asks for the last answer again and puts the new one in its place.
   *
   * @returns {Promise<Message | null>} the message, where there is one
   */
  async refresh() {
    const message = this.#messages.findLast((one) => one.asked !== null && one.state === 'shown');
    if (!message?.asked) return null;
    for await (const response of ask({ ...message.asked, id: snowflake() })) {
      if (response.data && (response.type === SHOW || response.type === UPDATE)) {
        this.#change(message, { data: placed(response, message) });
      }
    }
    return message;
  }

  /**
   * Sends an interaction and does what comes back.
   *
   * @param {Interaction} interaction
   * @param {Origin} origin
   * @param {Message | null} pressed
   */
  async #exchange(interaction, origin, pressed) {
    let message = pressed;
    try {
      for await (const part of ask(interaction)) {
        if (part.type !== undefined) message = this.#respond(part, interaction, origin, pressed);
        else if (message) this.#finish(part, message);
      }
    } catch (cause) {
      console.warn(cause);
      this.#fail(origin);
    }
  }

  /**
   * The first response: a new message, or another in the place of the pressed one.
   *
   * @param {Response} response
   * @param {Interaction} interaction
   * @param {Origin} origin
   * @param {Message | null} pressed
   * @returns {Message | null} the message that what follows is about
   */
  #respond(response, interaction, origin, pressed) {
    switch (response.type) {
      case SHOW:
      case DEFERRED_SHOW: {
        const state = response.type === SHOW ? 'shown' : 'thinking';
        const data = response.data ?? {};
        // What is deferred acts on the world: it is not asked again by itself.
        const asked = response.type === SHOW ? interaction : null;
        return this.#add({ id: snowflake(), at: Date.now(), author: null, asker: this.#you, origin, state, data, asked });
      }
      case UPDATE:
        if (pressed) this.#change(pressed, { data: placed(response, pressed), asked: interaction });
        return pressed;
      case DEFERRED_UPDATE:
        return pressed;
      default:
        throw new Error(`a response of type ${response.type} is nothing that a message shows`);
    }
  }

  /**
   * @param {Then} then
   * @param {Message} message
   */
  #finish(then, message) {
    if (then.remove) this.remove(message);
    else if (then.edit) this.#change(message, { state: 'shown', data: { ...then.edit, flags: message.data.flags } });
  }

  /** @param {Origin} origin */
  #fail(origin) {
    const data = { flags: EPHEMERAL };
    this.#add({ id: snowflake(), at: Date.now(), author: null, asker: this.#you, origin, state: 'failed', data, asked: null });
  }

  /** @param {Message} message */
  #add(message) {
    this.#messages.push(message);
    this.#view.add(message);
    return message;
  }

  /**
   * @param {Message} message
   * @param {Partial<Message>} change
   */
  #change(message, change) {
    Object.assign(message, change);
    this.#view.change(message);
  }
}

/**
 * The data of a message after a response took its place. Who sees it was settled when it was sent.
 *
 * @param {Response} response
 * @param {Message} message
 * @returns {MessageData}
 */
function placed(response, message) {
  return { ...response.data, flags: message.data.flags };
}
