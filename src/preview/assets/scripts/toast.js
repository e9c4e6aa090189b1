/** A line that appears for a moment and is read out. */

import { byId } from './dom.js';

const SHOWN = 2600;
let timer = 0;

/** @param {string} text */
export function toast(text) {
  const line = byId('toast');
  line.textContent = text;
  line.classList.add('is-shown');
  window.clearTimeout(timer);
  timer = window.setTimeout(() => line.classList.remove('is-shown'), SHOWN);
}
