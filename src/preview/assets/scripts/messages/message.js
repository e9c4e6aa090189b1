/** One message of the channel. */

import { isPrivate } from '../conversation.js';
import { el, icon, uniqueId } from '../dom.js';
import { lineOf } from '../draft.js';
import { drawText } from '../markdown/draw.js';
import { drawControls } from './controls.js';
import { drawEmbed } from './embed.js';

/** @typedef {import('../conversation.js').Message} Message */
/** @typedef {import('./controls.js').Press} Press */
/**
 * @typedef {{
 *   name: string,
 *   press: (message: Message, ...control: Parameters<Press>) => Promise<void>,
 *   dismiss: (message: Message) => void,
 *   copy: (message: Message) => void,
 *   more: (message: Message, place: { x: number, y: number }, opener: HTMLElement) => void,
 *   again: (draft: import('../draft.js').Draft) => void,
 * }} Doings `name` is the bot's
 */

/**
 * @param {Message} message
 * @param {Doings} doings
 */
export function drawMessage(message, doings) {
  const name = message.author?.global_name ?? doings.name;
  const when = new Date(message.at);
  const id = uniqueId('author');
  const origin = drawOrigin(message, doings);
  const article = el('article', { class: 'message', tabindex: -1, 'aria-labelledby': id },
    origin,
    drawAvatar(message, name),
    el('div', { class: 'message-body' },
      el('h2', { class: 'message-head', id },
        el('span', { class: message.author ? 'message-author' : 'message-author is-bot' }, name),
        message.author ? null : el('span', { class: 'tag', 'aria-label': 'app' }, 'APP'),
        el('time', { class: 'message-time', datetime: when.toISOString() }, clock(when))),
      ...drawContent(message, doings),
      isPrivate(message) ? drawPrivacy(message, doings) : null),
    drawTools(message, doings));
  article.classList.toggle('is-private', isPrivate(message));
  article.classList.toggle('has-origin', origin !== null);
  return article;
}

/**
 * What the message says; drawn anew when it changes.
 *
 * @param {Message} message
 * @param {Doings} doings
 * @returns {HTMLElement[]}
 */
function drawContent(message, doings) {
  if (message.state === 'thinking') {
    const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));
    return [el('p', { class: 'thinking' }, dots, `${doings.name} is thinking…`)];
  }
  if (message.state === 'failed') {
    return [el('p', { class: 'failed' }, icon('warning'), 'The application did not respond. Is the preview still running?')];
  }
  const { content, embeds = [], components = [] } = message.data;
  return [
    ...(content ? [el('div', { class: 'message-text' }, drawText(content))] : []),
    ...embeds.map(drawEmbed),
    ...(components.length > 0 ? [drawControls(components, (...control) => doings.press(message, ...control))] : []),
  ];
}

/**
 * The line above: who used which command, or which answer the control stood under.
 *
 * @param {Message} message
 * @param {Doings} doings
 */
function drawOrigin({ origin, asker }, doings) {
  if (!origin || !asker) return null;
  const who = el('span', { class: 'origin-name' }, asker.global_name);
  const avatar = el('span', { class: 'avatar avatar-you is-small', 'aria-hidden': 'true' }, initial(asker.global_name));
  switch (origin.kind) {
    case 'command': {
      const { draft } = origin;
      const line = lineOf(draft);
      const again = el('button', { type: 'button', class: 'origin-command', title: `${line} — use it again`, click: () => doings.again(draft) }, `/${draft.command.path}`);
      return el('p', { class: 'origin' }, avatar, who, ' used ', again);
    }
    case 'menu':
      return el('p', { class: 'origin' }, avatar, who, ' used ', el('span', { class: 'origin-command' }, origin.name));
    case 'control':
      return el('p', { class: 'origin' }, drawBotAvatar('is-small'), el('span', { class: 'origin-name' }, doings.name), ' ', origin.title);
  }
}

/**
 * @param {Message} message
 * @param {string} name
 */
function drawAvatar(message, name) {
  if (!message.author) return drawBotAvatar('');
  const kind = message.asker === null && message.author.username === 'you' ? 'avatar-you' : 'avatar-guest';
  return el('span', { class: `avatar ${kind}`, 'aria-hidden': 'true' }, initial(name));
}

/** @param {string} size */
function drawBotAvatar(size) {
  return el('span', { class: `avatar avatar-bot ${size}`, 'aria-hidden': 'true' }, icon('waymark'));
}

/** @param {string} name */
export function initial(name) {
  return (Array.from(name)[0] ?? '').toUpperCase();
}

/**
 * @param {Message} message
 * @param {Doings} doings
 */
function drawPrivacy(message, doings) {
  return el('p', { class: 'privacy' }, icon('eye'), 'Only you can see this · ',
    el('button', { type: 'button', class: 'as-link', click: () => doings.dismiss(message) }, 'Dismiss message'));
}

/**
 * @param {Message} message
 * @param {Doings} doings
 */
function drawTools(message, doings) {
  const more = el('button', {
    type: 'button',
    class: 'tool',
    'aria-label': 'More',
    'aria-haspopup': 'menu',
    title: 'More',
    click: () => {
      const { left, bottom } = more.getBoundingClientRect();
      doings.more(message, { x: left, y: bottom }, more);
    },
  }, icon('more'));
  const canCopy = !message.author && message.state === 'shown';
  const copy = canCopy
    ? el('button', { type: 'button', class: 'tool', 'aria-label': 'Copy as JSON', title: 'Copy as JSON: what Discord would be sent', click: () => doings.copy(message) }, icon('braces'))
    : null;
  return el('div', { class: 'tools' }, copy, more);
}

/** @param {Date} when */
function clock(when) {
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(when);
  return `Today at ${time}`;
}
