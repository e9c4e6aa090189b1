/** What the preview server tells by itself: that the knowledge base changed, or cannot be loaded. */

/** @typedef {import('./types.js').Knowledge} Knowledge */

/**
 * @param {(knowledge: Knowledge) => void} onKnowledge at once, and whenever the files were read
 * @param {(isThere: boolean) => void} onServer whether the server can be reached
 */
export function listen(onKnowledge, onServer) {
  const events = new EventSource('/events');
  events.addEventListener('open', () => onServer(true));
  events.addEventListener('error', () => onServer(false));
  events.addEventListener('knowledge', (event) => onKnowledge(JSON.parse(event.data)));
}
