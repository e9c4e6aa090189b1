/** The preview server: one address takes interactions as the HTTP endpoint does, one tells what happens to the files. */

/** @typedef {import('./types.js').Interaction} Interaction */
/** @typedef {import('./types.js').Response} Response */
/** @typedef {import('./types.js').Then} Then */
/** @typedef {import('./types.js').Setting} Setting */

/**
 * Sends an interaction. First comes the response, then, where it was deferred, what happens to the message.
 *
 * @param {Interaction} interaction
 * @param {AbortSignal} [signal]
 * @returns {AsyncGenerator<Response & Then>}
 */
export async function* ask(interaction, signal) {
  const response = await fetch('/interactions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(interaction),
    signal,
  });
  if (!response.ok || !response.body) throw new Error(`the preview server answered ${response.status}`);
  for await (const line of linesOf(response.body)) yield JSON.parse(line);
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<string>}
 */
async function* linesOf(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = done ? '' : /** @type {string} */ (lines.pop());
    for (const line of lines) {
      if (line.trim() !== '') yield line;
    }
    if (done) return;
  }
}

/** @returns {Promise<Setting>} */
export async function setting() {
  const response = await fetch('/setting');
  if (!response.ok) throw new Error(`the preview server answered ${response.status}`);
  return response.json();
}
