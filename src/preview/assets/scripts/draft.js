/**
 * A command on its way: which options are filled, with what, and what is wrong with them. Pure; nothing here is changed,
 * every step gives a new draft.
 *
 * @typedef {import('./types.js').Option} Option
 * @typedef {import('./types.js').GivenOption} GivenOption
 * @typedef {import('./catalog.js').Command} Command
 *
 * What stands in an option: the text that is seen and, where it was picked from a list, what it stands for.
 * @typedef {{ text: string, picked?: string }} Given
 * @typedef {{ command: Command, given: ReadonlyMap<string, Given> }} Draft
 */

const SUBCOMMAND = 1;
const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;

/** What a yes-or-no option offers. */
export const FLAGS = [
  { name: 'True', value: 'true' },
  { name: 'False', value: 'false' },
];

/**
 * A command with its required options open.
 *
 * @param {Command} command
 * @returns {Draft}
 */
export function begin(command) {
  const required = command.options.filter((option) => option.required);
  return { command, given: new Map(required.map((option) => [option.name, { text: '' }])) };
}

/**
 * @param {Draft} draft
 * @param {string} name
 * @param {Given} [given]
 * @returns {Draft}
 */
export function fill(draft, name, given = { text: '' }) {
  return { ...draft, given: new Map(draft.given).set(name, given) };
}

/**
 * Without this option; a required one is only emptied.
 *
 * @param {Draft} draft
 * @param {string} name
 * @returns {Draft}
 */
export function drop(draft, name) {
  const given = new Map(draft.given);
  if (optionOf(draft, name).required) given.set(name, { text: '' });
  else given.delete(name);
  return { ...draft, given };
}

/**
 * @param {Draft} draft
 * @param {string} name
 * @returns {Option}
 */
export function optionOf(draft, name) {
  const option = draft.command.options.find((one) => one.name === name);
  if (!option) throw new Error(`/${draft.command.path} has no option ${name}`);
  return option;
}

/**
 * The options that could still be added.
 *
 * @param {Draft} draft
 */
export function left(draft) {
  return draft.command.options.filter((option) => !draft.given.has(option.name));
}

/**
 * What is meant where a text ends with the name of an option and a colon: the text before it, and that option.
 *
 * @param {Draft} draft
 * @param {string} text
 */
export function nameTyped(draft, text) {
  const typed = /^(.*?)(?:^|\s)([\w-]+):$/s.exec(text);
  const option = typed && draft.command.options.find((one) => one.name === typed[2]);
  return option ? { before: typed[1], name: option.name } : null;
}

/**
 * The closed list that an option takes its value from, if it does.
 *
 * @param {Option} option
 */
export function choicesOf(option) {
  if (option.type === BOOLEAN) return FLAGS;
  return option.choices && option.choices.length > 0 ? option.choices : null;
}

/**
 * What is wrong with what stands in an option, in Discord's manner; null where nothing is.
 *
 * @param {Option} option
 * @param {Given} given
 */
export function mistake(option, given) {
  const text = given.text.trim();
  if (text === '') return option.required ? 'This option is required. Specify a value.' : null;
  if (choicesOf(option)) {
    return pickedValue(option, given) === undefined ? 'Pick one of the choices.' : null;
  }
  if (option.type === INTEGER) {
    const { min_value: min = -Infinity, max_value: max = Infinity } = option;
    const number = /^[-+]?\d{1,15}$/.test(text) ? Number(text) : NaN;
    return number >= min && number <= max ? null : `Enter a whole number${range(option)}.`;
  }
  const length = Array.from(given.picked ?? text).length;
  const longest = option.max_length ?? Infinity;
  return length > longest ? `At most ${longest} characters; these are ${length}.` : null;
}

/** @param {Option} option */
function range({ min_value: min, max_value: max }) {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` from ${min}`;
  return max === undefined ? '' : ` up to ${max}`;
}

/**
 * @param {Option} option
 * @param {Given} given
 */
function pickedValue(option, given) {
  if (given.picked !== undefined) return given.picked;
  const text = given.text.trim().toLowerCase();
  return choicesOf(option)?.find((choice) => choice.name.toLowerCase() === text || choice.value === text)?.value;
}

/**
 * Every option that cannot be sent as it stands.
 *
 * @param {Draft} draft
 * @returns {{ name: string, message: string }[]}
 */
export function mistakes(draft) {
  return [...draft.given].flatMap(([name, given]) => {
    const message = mistake(optionOf(draft, name), given);
    return message === null ? [] : [{ name, message }];
  });
}

/**
 * The options of the interaction, inside their subcommand where there is one. Empty ones are left out; the one that is
 * being typed is sent as the text that it is.
 *
 * @param {Draft} draft
 * @param {string} [focused]
 * @returns {{ name: string, options: GivenOption[] }}
 */
export function sent(draft, focused) {
  const options = [...draft.given].flatMap(([name, given]) => {
    const option = optionOf(draft, name);
    if (name === focused) return [{ name, type: option.type, value: given.text, focused: true }];
    return given.text.trim() === '' ? [] : [{ name, type: option.type, value: valueOf(option, given) }];
  });
  const [name, subcommand] = draft.command.path.split(' ');
  return { name, options: subcommand ? [{ name: subcommand, type: SUBCOMMAND, options }] : options };
}

/**
 * @param {Option} option
 * @param {Given} given
 */
function valueOf(option, given) {
  const text = given.text.trim();
  switch (option.type) {
    case BOOLEAN:
      return pickedValue(option, given) === 'true';
    case INTEGER:
      return Number(text);
    case STRING:
      return pickedValue(option, given) ?? text;
    default:
      return text;
  }
}

/**
 * The draft as a line: `/compare first: ml engineer second: data manager`.
 *
 * @param {Draft} draft
 */
export function lineOf(draft) {
  const parts = [...draft.given]
    .filter(([, given]) => given.text.trim() !== '')
    .map(([name, given]) => `${name}: ${given.text.trim()}`);
  return [`/${draft.command.path}`, ...parts].join(' ');
}

/**
 * The draft that a whole line stands for; null where the line is not wholly understood.
 *
 * @param {Command[]} commands
 * @param {string} line
 * @returns {Draft | null}
 */
export function parseLine(commands, line) {
  const text = line.trim();
  const command = commands
    .filter(({ path }) => text === `/${path}` || text.startsWith(`/${path} `))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (!command) return null;
  const rest = text.slice(command.path.length + 1);
  const names = command.options.map((option) => option.name).join('|');
  const parts = names ? rest.split(new RegExp(`(?:^|\\s)(${names}):\\s*`)) : [rest];
  if (parts[0].trim() !== '') return null;
  let draft = begin(command);
  for (let at = 1; at < parts.length; at += 2) {
    draft = fill(draft, parts[at], { text: shownAs(optionOf(draft, parts[at]), parts[at + 1].trim()) });
  }
  return draft;
}

/**
 * A choice may be written as what it stands for, and is shown by its name.
 *
 * @param {Option} option
 * @param {string} text
 */
function shownAs(option, text) {
  return choicesOf(option)?.find((choice) => choice.value === text)?.name ?? text;
}
