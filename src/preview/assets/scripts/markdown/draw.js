/** Draws the tree of a text. */

import { el } from '../dom.js';
import { parseInline } from './inline.js';
import { moment } from './moment.js';
import { parseBlocks } from './parse.js';

/** @typedef {import('./parse.js').Inline} Inline */
/** @typedef {import('./parse.js').Block} Block */

const TAGS = /** @type {const} */ ({ strong: 'strong', em: 'em', underline: 'u', strike: 's' });

/**
 * A text with all that Discord draws in messages, descriptions and the values of fields.
 *
 * @param {string} text
 */
export function drawText(text) {
  return drawBlocks(parseBlocks(text));
}

/**
 * A text on one line: titles and the names of fields.
 *
 * @param {string} text
 */
export function drawLine(text) {
  return drawInline(parseInline(text));
}

/**
 * @param {Block[]} blocks
 * @returns {DocumentFragment}
 */
function drawBlocks(blocks) {
  const drawn = document.createDocumentFragment();
  drawn.append(...blocks.map(drawBlock));
  return drawn;
}

/**
 * @param {Block} block
 * @returns {Node}
 */
function drawBlock(block) {
  switch (block.type) {
    case 'paragraph':
      return el('div', { class: 'md-p' }, drawInline(block.children));
    case 'heading':
      // Not h1 to h3: a heading inside an answer is no heading of the page.
      return el('div', { class: `md-h${block.level}` }, drawInline(block.children));
    case 'subtext':
      return el('small', { class: 'md-subtext' }, drawInline(block.children));
    case 'quote':
      return el('blockquote', { class: 'md-quote' }, drawBlocks(block.blocks));
    case 'fence':
      return el('pre', { class: 'md-fence', tabindex: 0 }, el('code', {}, block.text));
    case 'list': {
      const items = block.items.map((item) => el('li', {}, drawBlocks(item.blocks)));
      return block.ordered ? el('ol', { class: 'md-list', start: block.start }, ...items) : el('ul', { class: 'md-list' }, ...items);
    }
  }
}

/**
 * @param {Inline[]} nodes
 * @returns {DocumentFragment}
 */
function drawInline(nodes) {
  const drawn = document.createDocumentFragment();
  drawn.append(...nodes.map(drawNode));
  return drawn;
}

/**
 * @param {Inline} node
 * @returns {Node}
 */
function drawNode(node) {
  switch (node.type) {
    case 'text':
      return document.createTextNode(node.text);
    case 'break':
      return el('br');
    case 'code':
      return el('code', { class: 'md-code' }, node.text);
    case 'mention':
      return el('span', { class: 'md-mention' }, node.text);
    case 'time':
      return drawTime(node.seconds, node.style);
    case 'spoiler':
      return drawSpoiler(node.children);
    case 'link':
      return el('a', { href: node.url, target: '_blank', rel: 'noopener noreferrer' }, drawInline(node.children));
    default:
      return el(TAGS[node.type], {}, drawInline(node.children));
  }
}

/** Puts the times of a page that count from now ("4 minutes ago") right again. */
export function refreshTimes() {
  for (const time of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.md-time[data-relative]'))) {
    time.textContent = moment(Number(time.dataset.relative), 'R', Date.now());
  }
}

/**
 * @param {number} seconds
 * @param {string} style
 */
function drawTime(seconds, style) {
  const date = new Date(seconds * 1000);
  const isReal = !Number.isNaN(date.getTime());
  const attributes = {
    class: 'md-time',
    'data-relative': style === 'R' && seconds,
    datetime: isReal && date.toISOString(),
    title: isReal && moment(seconds, 'F', Date.now()),
  };
  return el('time', attributes, moment(seconds, style, Date.now()));
}

/** @param {Inline[]} children */
function drawSpoiler(children) {
  const content = el('span', { class: 'md-spoiler-text', inert: true }, drawInline(children));
  const reveal = () => {
    spoiler.replaceWith(el('span', { class: 'md-spoiler-open' }, ...content.childNodes));
  };
  const spoiler = el('span', {
    class: 'md-spoiler',
    role: 'button',
    tabindex: 0,
    'aria-label': 'Spoiler: show it',
    click: reveal,
    keydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      reveal();
    },
  }, content);
  return spoiler;
}
