/** The menu of a message (https://www.w3.org/WAI/ARIA/apg/patterns/menubar/). */

import { el, icon } from '../dom.js';

/** @typedef {{ label: string, run: () => void } | { label: string, items: { label: string, run: () => void }[] }} Item */

/**
 * Opens a menu; it closes once something is run, on Escape and on a press elsewhere.
 *
 * @param {HTMLElement} layer
 * @param {{ x: number, y: number }} place
 * @param {Item[]} items
 * @param {HTMLElement} opener gets the focus back
 */
export function openMenu(layer, place, items, opener) {
  const isAttached = () => opener.isConnected;
  const close = () => {
    layer.replaceChildren();
    document.removeEventListener('pointerdown', onPointer, true);
    window.removeEventListener('blur', close);
    window.removeEventListener('resize', close);
  };
  const closeAndReturn = () => {
    close();
    if (isAttached()) opener.focus();
  };
  /** @param {PointerEvent} event */
  const onPointer = (event) => {
    if (!layer.contains(/** @type {Node} */ (event.target))) close();
  };
  const root = drawMenu('Message', items, closeAndReturn, closeAndReturn);
  layer.replaceChildren(root);
  const { innerWidth, innerHeight } = window;
  root.style.left = `${Math.max(8, Math.min(place.x, innerWidth - root.offsetWidth - 8))}px`;
  root.style.top = `${Math.max(8, Math.min(place.y, innerHeight - root.offsetHeight - 8))}px`;
  document.addEventListener('pointerdown', onPointer, true);
  window.addEventListener('blur', close);
  window.addEventListener('resize', close);
  focusItem(root, 0);
}

/**
 * @param {string} label
 * @param {Item[]} items
 * @param {() => void} closeAll
 * @param {() => void} back
 * @returns {HTMLElement}
 */
function drawMenu(label, items, closeAll, back) {
  const root = el('div', {
    class: 'menu',
    role: 'menu',
    'aria-label': label,
    keydown: (/** @type {KeyboardEvent} */ event) => {
      const own = itemsOf(root);
      const at = own.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      if (event.key === 'ArrowDown') focusItem(root, at + 1);
      else if (event.key === 'ArrowUp') focusItem(root, at - 1);
      else if (event.key === 'Home') focusItem(root, 0);
      else if (event.key === 'End') focusItem(root, -1);
      else if (event.key === 'Escape' || event.key === 'ArrowLeft') back();
      else if (event.key === 'Tab') closeAll();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  });
  root.append(...items.map((item) => ('items' in item ? drawSubmenu(item, closeAll) : drawItem(item, closeAll))));
  return root;
}

/**
 * @param {{ label: string, run: () => void }} item
 * @param {() => void} closeAll
 */
function drawItem(item, closeAll) {
  const run = () => {
    closeAll();
    item.run();
  };
  return el('button', { type: 'button', class: 'menu-item', role: 'menuitem', tabindex: -1, click: run }, item.label);
}

/**
 * @param {{ label: string, items: { label: string, run: () => void }[] }} item
 * @param {() => void} closeAll
 */
function drawSubmenu(item, closeAll) {
  const button = el('button', { type: 'button', class: 'menu-item', role: 'menuitem', tabindex: -1, 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, item.label, icon('right'));
  const below = drawMenu(item.label, item.items, closeAll, () => {
    show(false);
    button.focus();
  });
  below.hidden = true;
  const frame = el('div', { class: 'menu-frame', role: 'none' }, button, below);
  /** @param {boolean} isOpen */
  const show = (isOpen) => {
    below.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    const { right } = frame.getBoundingClientRect();
    frame.classList.toggle('is-left', right + below.offsetWidth > window.innerWidth);
  };
  button.addEventListener('click', () => {
    show(true);
    focusItem(below, 0);
  });
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    button.click();
  });
  frame.addEventListener('mouseenter', () => show(true));
  frame.addEventListener('mouseleave', () => show(below.contains(document.activeElement)));
  return frame;
}

/** @param {HTMLElement} menu */
function itemsOf(menu) {
  return /** @type {HTMLElement[]} */ ([...menu.querySelectorAll(':scope > .menu-item, :scope > .menu-frame > .menu-item')]);
}

/**
 * @param {HTMLElement} menu
 * @param {number} at
 */
function focusItem(menu, at) {
  const items = itemsOf(menu);
  items[(at + items.length) % items.length]?.focus();
}
