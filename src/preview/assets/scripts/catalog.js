/** The commands that can be picked, out of the definitions that Discord is sent. Pure. */

/** @typedef {import('./types.js').Definition} Definition */
/** @typedef {import('./types.js').Option} Option */

/**
 * A command as it is picked: a subcommand stands for itself.
 *
 * @typedef {{ path: string, description: string, options: Option[], group: string }} Command
 */

const CHAT_INPUT = 1;
const MESSAGE = 3;
const SUBCOMMAND = 1;

/**
 * @param {Definition[]} definitions
 * @param {string} group the heading that they stand under
 * @returns {Command[]}
 */
export function commandsOf(definitions, group) {
  return definitions
    .filter((definition) => (definition.type ?? CHAT_INPUT) === CHAT_INPUT)
    .flatMap(({ name, description = '', options = [] }) => {
      const below = options.filter((option) => option.type === SUBCOMMAND);
      if (below.length === 0) return [{ path: name, description, options, group }];
      return below.map((option) => ({
        path: `${name} ${option.name}`,
        description: option.description,
        options: option.options ?? [],
        group,
      }));
    });
}

/**
 * The entries in the menu of a message.
 *
 * @param {Definition[]} definitions
 */
export function messageMenus(definitions) {
  return definitions.filter((definition) => definition.type === MESSAGE).map((definition) => definition.name);
}

/**
 * The commands that what was typed after the slash may become, the likeliest first.
 *
 * @param {Command[]} commands
 * @param {string} typed
 * @returns {Command[]}
 */
export function matching(commands, typed) {
  const wanted = typed.trim().toLowerCase();
  const rank = (/** @type {Command} */ command) => {
    if (command.path.startsWith(wanted)) return 0;
    if (command.path.split(' ').some((word) => word.startsWith(wanted))) return 1;
    return command.path.includes(wanted) ? 2 : 3;
  };
  return commands
    .map((command) => ({ command, rank: rank(command) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map((one) => one.command);
}

/**
 * The command that a text names with the space behind it: `/compare `.
 *
 * @param {Command[]} commands
 * @param {string} text
 */
export function named(commands, text) {
  return commands.find((command) => text.toLowerCase() === `/${command.path} `);
}
