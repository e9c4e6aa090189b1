/** Dark or light: as the system has it, until somebody says otherwise. */

import { icon } from './dom.js';

const KEY = 'waymark-theme';

/** @param {HTMLElement} button */
export function startTheme(button) {
  const system = window.matchMedia('(prefers-color-scheme: light)');
  const current = () => localStorage.getItem(KEY) ?? (system.matches ? 'light' : 'dark');
  const show = () => {
    const isLight = current() === 'light';
    document.documentElement.dataset.theme = isLight ? 'light' : 'dark';
    const other = isLight ? 'Dark theme' : 'Light theme';
    button.setAttribute('aria-label', other);
    button.title = other;
    button.replaceChildren(icon(isLight ? 'moon' : 'sun'));
  };
  button.addEventListener('click', () => {
    localStorage.setItem(KEY, current() === 'light' ? 'dark' : 'light');
    show();
  });
  system.addEventListener('change', show);
  show();
}
