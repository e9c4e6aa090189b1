/** An embed as Discord lays it out: a bar, a heading, a text, fields side by side, small print. */

import { el } from '../dom.js';
import { drawLine, drawText } from '../markdown/draw.js';

/** @typedef {import('../types.js').Embed} Embed */
/** @typedef {import('../types.js').Field} Field */

/** The most inline fields of a row. */
const ACROSS = 3;

/** @param {Embed} embed */
export function drawEmbed(embed) {
  const { title, url, description, color, fields = [], footer } = embed;
  const heading = title && (url
    ? el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, drawLine(title))
    : drawLine(title));
  const drawn = el('div', { class: 'embed' },
    heading ? el('div', { class: 'embed-title' }, heading) : null,
    description ? el('div', { class: 'embed-text' }, drawText(description)) : null,
    fields.length > 0 ? el('div', { class: 'embed-fields' }, ...rowsOf(fields).flatMap(drawFields)) : null,
    footer ? el('div', { class: 'embed-footer' }, footer.text) : null);
  if (color !== undefined) drawn.style.setProperty('--bar', `#${color.toString(16).padStart(6, '0')}`);
  return drawn;
}

/**
 * The fields by rows: inline ones that follow each other share one, at most three.
 *
 * @param {Field[]} fields
 * @returns {Field[][]}
 */
export function rowsOf(fields) {
  /** @type {Field[][]} */
  const rows = [];
  for (const field of fields) {
    const last = rows.at(-1);
    if (field.inline && last?.[0].inline && last.length < ACROSS) last.push(field);
    else rows.push([field]);
  }
  return rows;
}

/** @param {Field[]} row */
function drawFields(row) {
  return row.map(({ name, value, inline }) =>
    el('div', { class: `embed-field ${inline ? `is-1-of-${row.length}` : ''}` },
      el('div', { class: 'embed-name' }, drawLine(name)),
      el('div', { class: 'embed-value' }, drawText(value))));
}
