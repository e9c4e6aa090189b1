/** What is wrong with the knowledge base's files: each problem with its place, the text there underlined. */

import { el, icon } from './dom.js';

/** @typedef {import('./types.js').Problem} Problem */
/** @typedef {import('./types.js').Knowledge} Knowledge */

/**
 * @param {HTMLElement} panel
 * @param {Knowledge} knowledge
 */
export function showProblems(panel, { problems, summary }) {
  const isBroken = problems.some((problem) => problem.severity === 'error');
  panel.hidden = !isBroken;
  if (!isBroken) return panel.replaceChildren();
  panel.replaceChildren(
    el('h2', { class: 'problems-title', id: 'problems-title' }, icon('warning'), el('span', {}, summary),
      el('small', {}, 'the knowledge from before goes on answering')),
    el('ol', { class: 'problems-list', tabindex: 0, 'aria-labelledby': 'problems-title' }, ...problems.map(drawProblem)));
}

/** @param {Problem} problem */
function drawProblem({ severity, file, message, help, place }) {
  const where = place ? `${file}:${place.line}:${place.column}` : file;
  return el('li', { class: `problem is-${severity}` },
    el('p', { class: 'problem-text' }, el('strong', {}, severity), ' ', ...withCode(message)),
    el('p', { class: 'problem-place' }, where),
    place ? drawPlace(place) : null,
    help ? el('p', { class: 'problem-help' }, el('strong', {}, 'help'), ' ', ...withCode(help)) : null);
}

/** @param {NonNullable<Problem['place']>} place */
function drawPlace({ line, text, start, width }) {
  // Counted in characters as the files' reader counts them, not in units of UTF-16.
  const letters = Array.from(text);
  const part = (/** @type {number} */ from, /** @type {number} */ to) => letters.slice(from, to).join('');
  const end = start + width;
  const underlined = part(start, end) || ' '.repeat(width);
  return el('pre', { class: 'problem-line' },
    el('span', { class: 'problem-number', 'aria-hidden': 'true' }, String(line)),
    el('code', {}, part(0, start), el('mark', {}, underlined), part(end, letters.length)));
}

/**
 * Names of keys and values stand between backticks.
 *
 * @param {string} text
 */
function withCode(text) {
  return text.split('`').map((part, at) => (at % 2 === 1 ? el('code', {}, part) : part));
}
