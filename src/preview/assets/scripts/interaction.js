/**
 * The interactions that Discord would send to the bot
 * (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object). Pure but for ids.
 */

import { sent } from './draft.js';

/** @typedef {import('./types.js').Interaction} Interaction */
/** @typedef {import('./types.js').Setting} Setting */
/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./draft.js').Draft} Draft */
/** @typedef {import('./conversation.js').Message} Message */

const COMMAND = 2;
const COMPONENT = 3;
const AUTOCOMPLETE = 4;
const CHAT_INPUT = 1;
const MESSAGE_MENU = 3;
const BUTTON = 2;
const SELECT = 3;
const EPOCH = 1_420_070_400_000n;

let last = 0n;

/** An id as Discord counts them: the time, then what keeps two of one moment apart. */
export function snowflake() {
  const now = (BigInt(Date.now()) - EPOCH) << 22n;
  last = now > last ? now : last + 1n;
  return String(last);
}

/**
 * Makes interactions of one person in one channel.
 */
export class Interactions {
  #setting;
  #isModerator;

  /**
   * @param {Setting} setting
   * @param {() => boolean} isModerator
   */
  constructor(setting, isModerator) {
    this.#setting = setting;
    this.#isModerator = isModerator;
  }

  /**
   * @param {Draft} draft
   * @returns {Interaction}
   */
  command(draft) {
    return this.#interaction(COMMAND, { id: '1', type: CHAT_INPUT, ...sent(draft) });
  }

  /**
   * @param {Draft} draft
   * @param {string} focused the option that is being typed
   * @returns {Interaction}
   */
  autocomplete(draft, focused) {
    return this.#interaction(AUTOCOMPLETE, { id: '1', type: CHAT_INPUT, ...sent(draft, focused) });
  }

  /**
   * @param {Message} message under which the control stands
   * @param {string} customId
   * @param {string} [choice] of a menu
   * @returns {Interaction}
   */
  press(message, customId, choice) {
    const data = { custom_id: customId, component_type: choice === undefined ? BUTTON : SELECT };
    const chosen = choice === undefined ? {} : { values: [choice] };
    return { ...this.#interaction(COMPONENT, { ...data, ...chosen }), message: this.#message(message) };
  }

  /**
   * @param {string} name of the entry in the message's menu
   * @param {Message} message
   * @returns {Interaction}
   */
  messageMenu(name, message) {
    const messages = { [message.id]: this.#message(message) };
    return this.#interaction(COMMAND, { id: '1', name, type: MESSAGE_MENU, target_id: message.id, resolved: { messages } });
  }

  /**
   * @param {number} type
   * @param {Record<string, unknown>} data
   * @returns {Interaction}
   */
  #interaction(type, data) {
    const { application, server, channel, you, permissions } = this.#setting;
    const rights = this.#isModerator() ? permissions.moderator : permissions.member;
    return {
      id: snowflake(),
      application_id: application.id,
      type,
      token: 'preview',
      version: 1,
      entitlements: [],
      attachment_size_limit: 10_485_760,
      data,
      guild: { id: server.id, locale: 'en-US', features: [] },
      guild_id: server.id,
      channel: { id: channel.id, type: 0, guild_id: server.id, name: channel.name, permissions: rights },
      channel_id: channel.id,
      member: {
        user: userOf(you),
        nick: null,
        avatar: null,
        roles: [],
        joined_at: '2026-01-01T00:00:00.000000+00:00',
        deaf: false,
        mute: false,
        flags: 0,
        permissions: rights,
      },
      app_permissions: permissions.member,
      locale: 'en-US',
      guild_locale: 'en-US',
      authorizing_integration_owners: { 0: server.id },
      context: 0,
    };
  }

  /**
   * The message as the interaction carries it.
   *
   * @param {Message} message
   */
  #message(message) {
    const { application, channel } = this.#setting;
    const bot = { ...userOf({ id: application.id, username: application.name, global_name: application.name }), bot: true };
    const { content = '', embeds = [], components = [] } = message.data;
    return {
      id: message.id,
      channel_id: channel.id,
      type: message.asker ? 20 : 0,
      content,
      timestamp: timestampOf(message.at),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds: embeds.map((embed) => ({ type: 'rich', ...embed })),
      components,
      pinned: false,
      flags: message.data.flags ?? 0,
      author: message.author ? userOf(message.author) : bot,
      ...(message.asker && {
        application_id: application.id,
        interaction_metadata: {
          id: message.id,
          type: COMMAND,
          user: userOf(message.asker),
          authorizing_integration_owners: {},
        },
      }),
    };
  }
}

/**
 * A moment as Discord writes it.
 *
 * @param {number} at milliseconds since 1970
 */
function timestampOf(at) {
  return new Date(at).toISOString().replace('Z', '000+00:00');
}

/** @param {Person} person */
function userOf({ id, username, global_name }) {
  return { id, username, global_name, discriminator: '0', avatar: null, public_flags: 0 };
}
