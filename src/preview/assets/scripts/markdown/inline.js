/**
 * What stands inside a line of Discord's markdown. Pure.
 *
 * @typedef {import('./parse.js').Inline} Inline
 * @typedef {{ node: Inline | null, text?: string, end: number }} Taken
 */

/** Deeper nesting is taken as text. */
const DEEPEST = 10;

/** @type {[mark: string, type: 'strong' | 'em' | 'underline' | 'strike' | 'spoiler'][]} */
const PAIRS = [
  ['**', 'strong'],
  ['__', 'underline'],
  ['~~', 'strike'],
  ['||', 'spoiler'],
  ['*', 'em'],
  ['_', 'em'],
];

const WORD = /[\p{L}\p{N}_]/u;
const TIME = /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y;
const MENTION = /<(?:@[!&]?\d+|#\d+|\/([^:<>\n]{1,100}):\d+|a?:(\w{2,32}):\d+)>/y;
const ANGLE_LINK = /<(https?:\/\/[^\s<>]+)>/y;
const BARE_LINK = /https?:\/\/[^\s<]*[^\s<.,:;"'\])]/y;

/**
 * @param {string} text
 * @param {number} [depth]
 * @returns {Inline[]}
 */
export function parseInline(text, depth = 0) {
  /** @type {Inline[]} */
  const nodes = [];
  let plain = '';
  const endPlain = () => {
    if (plain) nodes.push({ type: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const taken = take(text, at, depth);
    if (!taken) {
      plain += text[at];
      at += 1;
    } else if (taken.node) {
      endPlain();
      nodes.push(taken.node);
      at = taken.end;
    } else {
      plain += taken.text ?? '';
      at = taken.end;
    }
  }
  endPlain();
  return nodes;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} depth
 * @returns {Taken | null}
 */
function take(text, at, depth) {
  switch (text[at]) {
    case '\n':
      return { node: { type: 'break' }, end: at + 1 };
    case '\\':
      return /[^\p{L}\p{N}\s]/u.test(text[at + 1] ?? '') ? { node: null, text: text[at + 1], end: at + 2 } : null;
    case '`': {
      const code = codeAt(text, at);
      return code && { node: { type: 'code', text: code.text }, end: code.end };
    }
    case '<':
      return takeAngle(text, at);
    case '[':
      return depth < DEEPEST ? takeLink(text, at, depth) : null;
    case 'h':
      return takeBareLink(text, at);
    default:
      return depth < DEEPEST ? takePair(text, at, depth) : null;
  }
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} depth
 * @returns {Taken | null}
 */
function takePair(text, at, depth) {
  for (const [mark, type] of PAIRS) {
    if (!text.startsWith(mark, at)) continue;
    const from = at + mark.length;
    const end = opens(text, at, mark) ? closing(text, from, mark) : -1;
    if (end > from) {
      const children = parseInline(text.slice(from, end), depth + 1);
      return { node: { type, children }, end: end + mark.length };
    }
  }
  return null;
}

/**
 * Whether a mark may open here: a single one not before a space or another, and `_` not inside a word.
 *
 * @param {string} text
 * @param {number} at
 * @param {string} mark
 */
function opens(text, at, mark) {
  if (mark.length > 1) return true;
  if (/\s/.test(text[at + 1] ?? ' ') || text[at + 1] === mark) return false;
  return mark !== '_' || !WORD.test(text[at - 1] ?? ' ');
}

/**
 * Where the mark closes, or -1.
 *
 * @param {string} text
 * @param {number} from
 * @param {string} mark
 */
function closing(text, from, mark) {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '`') {
      at = (codeAt(text, at)?.end ?? at + 1) - 1;
    } else if (text.startsWith(mark, at)) {
      const next = text[at + mark.length] ?? ' ';
      if (mark.length > 1) {
        // Of a longer run the last ones close: `***both***`.
        if (next !== mark[0]) return at;
      } else if (next === mark) {
        at += 1;
      } else if (!/\s/.test(text[at - 1]) && (mark !== '_' || !WORD.test(next))) {
        return at;
      }
    }
  }
  return -1;
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {{ text: string, end: number } | null}
 */
function codeAt(text, at) {
  let ticks = 1;
  while (text[at + ticks] === '`') ticks += 1;
  const mark = '`'.repeat(ticks);
  for (let end = text.indexOf(mark, at + ticks); end > 0; end = text.indexOf(mark, end)) {
    let run = ticks;
    while (text[end + run] === '`') run += 1;
    if (run === ticks) {
      const inner = text.slice(at + ticks, end);
      return { text: inner.replace(/^ (?=`)|(?<=`) $/g, ''), end: end + ticks };
    }
    end += run;
  }
  return null;
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {Taken | null}
 */
function takeAngle(text, at) {
  const time = matchAt(TIME, text, at);
  if (time) return { node: { type: 'time', seconds: Number(time[1]), style: time[2] ?? 'f' }, end: at + time[0].length };
  const link = matchAt(ANGLE_LINK, text, at);
  if (link) return { node: linkTo(link[1]), end: at + link[0].length };
  const mention = matchAt(MENTION, text, at);
  if (!mention) return null;
  const [whole, command, emoji] = mention;
  const shown = command ? `/${command}` : emoji ? `:${emoji}:` : whole[1] === '#' ? '#channel' : '@somebody';
  return { node: { type: 'mention', text: shown }, end: at + whole.length };
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {Taken | null}
 */
function takeBareLink(text, at) {
  const link = WORD.test(text[at - 1] ?? ' ') ? null : matchAt(BARE_LINK, text, at);
  return link && { node: linkTo(link[0]), end: at + link[0].length };
}

/**
 * `[label](address)`: the label may hold brackets in pairs, the address parentheses in pairs.
 *
 * @param {string} text
 * @param {number} at
 * @param {number} depth
 * @returns {Taken | null}
 */
function takeLink(text, at, depth) {
  const labelEnd = pairEnd(text, at, '[', ']');
  if (labelEnd < 0 || text[labelEnd + 1] !== '(') return null;
  const end = pairEnd(text, labelEnd + 1, '(', ')');
  if (end < 0) return null;
  const url = /^<?(https?:\/\/[^\s<>]+?)>?(?:\s+"[^"]*")?$/.exec(text.slice(labelEnd + 2, end).trim());
  const label = text.slice(at + 1, labelEnd);
  if (!url || label.trim() === '') return null;
  return { node: { type: 'link', url: url[1], children: parseInline(label, depth + 1) }, end: end + 1 };
}

/**
 * @param {string} text
 * @param {number} at
 * @param {string} open
 * @param {string} close
 */
function pairEnd(text, at, open, close) {
  let depth = 0;
  for (let end = at; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === open) depth += 1;
    else if (text[end] === close && (depth -= 1) === 0) return end;
  }
  return -1;
}

/**
 * @param {string} url
 * @returns {Inline}
 */
function linkTo(url) {
  return { type: 'link', url, children: [{ type: 'text', text: url }] };
}

/**
 * @param {RegExp} sticky
 * @param {string} text
 * @param {number} at
 */
function matchAt(sticky, text, at) {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
