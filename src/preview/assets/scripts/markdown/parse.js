/**
 * Discord's markdown as a tree. Pure; understands what Discord's help page on text formatting lists
 * (https://support.discord.com/hc/articles/210298617), and takes everything else as text.
 *
 * @typedef {{ type: 'text', text: string }
 *   | { type: 'break' }
 *   | { type: 'code', text: string }
 *   | { type: 'strong' | 'em' | 'underline' | 'strike' | 'spoiler', children: Inline[] }
 *   | { type: 'link', url: string, children: Inline[] }
 *   | { type: 'time', seconds: number, style: string }
 *   | { type: 'mention', text: string }} Inline
 * @typedef {{ blocks: Block[] }} Item
 * @typedef {{ type: 'paragraph' | 'subtext', children: Inline[] }
 *   | { type: 'heading', level: number, children: Inline[] }
 *   | { type: 'quote', blocks: Block[] }
 *   | { type: 'list', ordered: boolean, start: number, items: Item[] }
 *   | { type: 'fence', language: string, text: string }} Block
 */

import { parseInline } from './inline.js';

/** Deeper nesting is taken as text, so that no input can exhaust the stack. */
const DEEPEST = 8;

const FENCE = /```(?:([\w+\-.#]+)\n)?\n*([^]*?)\n*```/y;
const HEADING = /^(#{1,3})\s+(.+)$/;
const SUBTEXT = /^-#\s+(.+)$/;
const QUOTE = /^> ?/;
const QUOTE_REST = /^>>> ?/;
const ITEM = /^(\s*)([-*]|\d{1,9}\.)\s+(\S.*)$/;

/**
 * The blocks of a text.
 *
 * @param {string} text
 * @param {number} [depth]
 * @returns {Block[]}
 */
export function parseBlocks(text, depth = 0) {
  /** @type {Block[]} */
  const blocks = [];
  let from = 0;
  for (const fence of fences(text)) {
    blocks.push(...parseLines(text.slice(from, fence.start), depth));
    blocks.push({ type: 'fence', language: fence.language, text: fence.text });
    from = fence.end;
  }
  blocks.push(...parseLines(text.slice(from), depth));
  return blocks;
}

/**
 * The code blocks of a text, which may begin anywhere in a line.
 *
 * @param {string} text
 */
function* fences(text) {
  let from = 0;
  for (;;) {
    const start = text.indexOf('```', from);
    if (start < 0) return;
    FENCE.lastIndex = start;
    const match = isEscaped(text, start) ? null : FENCE.exec(text);
    if (match && match[2].trim() !== '') {
      from = FENCE.lastIndex;
      yield { start, end: from, language: match[1] ?? '', text: match[2] };
    } else {
      from = start + 3;
    }
  }
}

/**
 * @param {string} text
 * @param {number} at
 */
function isEscaped(text, at) {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/**
 * @param {string} text
 * @param {number} depth
 * @returns {Block[]}
 */
function parseLines(text, depth) {
  const lines = trimBreaks(text).split('\n');
  /** @type {Block[]} */
  const blocks = [];
  /** @type {string[]} */
  let paragraph = [];
  const endParagraph = () => {
    const whole = trimBreaks(paragraph.join('\n'));
    if (whole.trim() !== '') blocks.push({ type: 'paragraph', children: parseInline(whole) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; ) {
    const taken = depth < DEEPEST ? parseSpecial(lines, at, depth) : null;
    if (taken) {
      endParagraph();
      blocks.push(taken.block);
      at += taken.lines;
    } else {
      paragraph.push(lines[at]);
      at += 1;
    }
  }
  endParagraph();
  return blocks;
}

/**
 * The block that begins with this line, unless it is part of a paragraph.
 *
 * @param {string[]} lines
 * @param {number} at
 * @param {number} depth
 * @returns {{ block: Block, lines: number } | null}
 */
function parseSpecial(lines, at, depth) {
  const line = lines[at];
  const heading = HEADING.exec(line);
  if (heading) {
    const block = /** @type {Block} */ ({ type: 'heading', level: heading[1].length, children: parseInline(heading[2]) });
    return { block, lines: 1 };
  }
  const subtext = SUBTEXT.exec(line);
  if (subtext) return { block: { type: 'subtext', children: parseInline(subtext[1]) }, lines: 1 };
  if (QUOTE_REST.test(line)) {
    const rest = lines.slice(at).join('\n').replace(QUOTE_REST, '');
    return { block: { type: 'quote', blocks: parseBlocks(rest, depth + 1) }, lines: lines.length - at };
  }
  if (line.startsWith('> ')) {
    const quoted = takeWhile(lines, at, (next) => next.startsWith('> ') || next === '>');
    const inner = quoted.map((next) => next.replace(QUOTE, '')).join('\n');
    return { block: { type: 'quote', blocks: parseBlocks(inner, depth + 1) }, lines: quoted.length };
  }
  if (ITEM.test(line)) {
    const items = takeWhile(lines, at, (next) => ITEM.test(next));
    return { block: parseList(items, depth), lines: items.length };
  }
  return null;
}

/**
 * A list out of lines that are items; those with more space before them belong to the item above.
 *
 * @param {string[]} lines
 * @param {number} depth
 * @returns {Block}
 */
function parseList(lines, depth) {
  const parts = lines.map((line) => {
    const [, space, marker, text] = /** @type {RegExpExecArray} */ (ITEM.exec(line));
    return { line, space: space.length, marker, text };
  });
  const [first] = parts;
  /** @type {Item[]} */
  const items = [];
  for (let at = 0; at < parts.length; ) {
    const own = /** @type {Block} */ ({ type: 'paragraph', children: parseInline(parts[at].text) });
    const below = takeWhile(parts, at + 1, (next) => next.space > first.space);
    const nested = depth < DEEPEST && below.length > 0;
    const inner = nested ? [parseList(below.map((next) => next.line), depth + 1)] : [];
    items.push({ blocks: [own, ...inner] });
    at += 1 + (nested ? below.length : 0);
  }
  const ordered = /\d/.test(first.marker);
  return { type: 'list', ordered, start: ordered ? parseInt(first.marker, 10) : 1, items };
}

/**
 * @template T
 * @param {T[]} list
 * @param {number} from
 * @param {(one: T) => boolean} keep
 * @returns {T[]}
 */
function takeWhile(list, from, keep) {
  let end = from;
  while (end < list.length && keep(list[end])) end += 1;
  return list.slice(from, end);
}

/**
 * A block ends its line, so the line break beside it is not drawn.
 *
 * @param {string} text
 */
function trimBreaks(text) {
  return text.replace(/^\n+|\n+$/g, '');
}
