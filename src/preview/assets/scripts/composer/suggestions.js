/** Suggestions while an option is typed: asked for after a short pause, and only the latest answer counts. */

/** @typedef {import('../types.js').Choice} Choice */

/** Milliseconds without a keystroke before the bot is asked, as a person types. */
const PAUSE = 120;

export class Suggestions {
  #fetch;
  #timer = 0;
  #latest = new AbortController();

  /** @param {(typed: { name: string }, signal: AbortSignal) => Promise<Choice[]>} fetch */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /**
   * @param {string} name the option
   * @param {boolean} atOnce
   * @param {(choices: Choice[]) => void} show called at most once, and not once another request is made
   */
  request(name, atOnce, show) {
    this.cancel();
    const { signal } = (this.#latest = new AbortController());
    this.#timer = window.setTimeout(async () => {
      try {
        const choices = await this.#fetch({ name }, signal);
        if (!signal.aborted) show(choices);
      } catch (cause) {
        if (!signal.aborted) console.warn(cause);
      }
    }, atOnce ? 0 : PAUSE);
  }

  cancel() {
    window.clearTimeout(this.#timer);
    this.#latest.abort();
  }
}
