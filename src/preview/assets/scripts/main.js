/** Starts the page: who is there, what they can do, and what happens when they do it. */

import { commandsOf, messageMenus } from './catalog.js';
import { Composer } from './composer/composer.js';
import { Conversation } from './conversation.js';
import { byId } from './dom.js';
import { begin, fill, mistakes, parseLine } from './draft.js';
import { ask, setting } from './endpoint.js';
import { Interactions } from './interaction.js';
import { listen } from './live.js';
import { refreshTimes } from './markdown/draw.js';
import { openMenu } from './messages/context_menu.js';
import { Log } from './messages/log.js';
import { initial } from './messages/message.js';
import { showProblems } from './problems.js';
import { showExamples, startSide } from './side.js';
import { startTheme } from './theme.js';
import { toast } from './toast.js';

/** @typedef {import('./types.js').Setting} Setting */
/** @typedef {import('./types.js').Knowledge} Knowledge */
/** @typedef {import('./conversation.js').Message} Message */

/** The command that plain text is asked through, and its option. */
const ASK = { path: 'ask', option: 'question' };

/** Milliseconds after which times that count from now are drawn again. */
const MINUTE = 60_000;

/** @param {Setting} here */
function start(here) {
  const everyone = commandsOf(here.commands.everyone, here.application.name);
  const moderators = commandsOf(here.commands.moderators, 'For moderators');
  const menus = messageMenus(here.commands.everyone);
  const moderator = /** @type {HTMLInputElement} */ (byId('moderator'));
  const commands = () => (moderator.checked ? [...everyone, ...moderators] : everyone);

  const interactions = new Interactions(here, () => moderator.checked);
  /** @type {Log} */
  const log = new Log(byId('log'), {
    name: here.application.name,
    press: (message, control, choice) => conversation.press(message, control, choice),
    dismiss: (message) => conversation.remove(message),
    copy: copyJson,
    more: showMenu,
    again: (draft) => composer.open(draft),
  }, () => composer.focus());
  /** @type {Conversation} */
  const conversation = new Conversation(interactions, here.you, log);
  const composer = new Composer(
    /** @type {HTMLFormElement} */ (byId('composer')),
    `Message #${here.channel.name}, or / for commands`,
    {
      commands,
      suggest: async (draft, name, signal) => {
        for await (const response of ask(interactions.autocomplete(draft, name), signal)) return response.data?.choices ?? [];
        return [];
      },
      send: (draft) => void conversation.run(draft),
      say: askPlainly,
      leave: () => log.focus(),
    },
  );
  const side = startSide();

  /**
   * Plain text is a message of its own, and a question.
   *
   * @param {string} text
   * @returns {string | null} what is wrong with it
   */
  function askPlainly(text) {
    const command = everyone.find((one) => one.path === ASK.path);
    if (!command) return `There is no /${ASK.path}.`;
    const draft = fill(begin(command), ASK.option, { text });
    const [wrong] = mistakes(draft);
    if (wrong) return wrong.message;
    conversation.say(here.you, text);
    void conversation.run(draft);
    return null;
  }

  /**
   * @param {Message} message
   * @param {{ x: number, y: number }} place
   * @param {HTMLElement} opener
   */
  function showMenu(message, place, opener) {
    const apps = menus.map((name) => ({ label: name, run: () => void conversation.runMenu(name, message) }));
    const copyText = { label: 'Copy text', run: () => copy(textOf(message), 'The text is copied.') };
    const isAnswer = !message.author && message.state === 'shown';
    const copyAll = { label: 'Copy as JSON', run: () => copyJson(message) };
    openMenu(byId('menu-layer'), place, [{ label: 'Apps', items: apps }, copyText, ...(isAnswer ? [copyAll] : [])], opener);
  }

  function showRights() {
    byId('you-rights').textContent = moderator.checked ? 'Moderator' : 'Member';
    const lines = [...here.examples.everyone, ...(moderator.checked ? here.examples.moderators : [])];
    showExamples(lines, tryLine);
    composer.commandsChanged();
  }

  /** @param {string} line */
  function tryLine(line) {
    const draft = parseLine(commands(), line);
    side.close();
    if (draft) composer.open(draft);
    else composer.type(line);
  }

  introduce(here);
  moderator.addEventListener('change', showRights);
  showRights();
  conversation.say(here.guest, 'what does a data engineer do all day?');
  keepFresh(conversation, log);
  window.setInterval(refreshTimes, MINUTE);
  composer.focus();
}

/**
 * Keeps the last answer as the files have it, and shows what is wrong with them.
 *
 * @param {Conversation} conversation
 * @param {Log} log
 */
function keepFresh(conversation, log) {
  const status = byId('status');
  /** @type {Knowledge | null} */
  let last = null;
  const tell = (/** @type {string} */ state, /** @type {string} */ text) => {
    status.dataset.state = state;
    status.textContent = text;
  };
  const told = (/** @type {Knowledge} */ knowledge) => {
    if (knowledge.problems.some((problem) => problem.severity === 'error')) return tell('broken', knowledge.summary);
    tell(knowledge.folder ? 'watching' : 'quiet', knowledge.folder ? `Watching ${knowledge.folder}` : 'The copy inside the program');
  };
  listen(async (knowledge) => {
    const before = last;
    last = knowledge;
    told(knowledge);
    showProblems(byId('problems'), knowledge);
    if (before && before.summary !== knowledge.summary && knowledge.problems.length > 0) toast(knowledge.summary);
    if (!before || before.version === knowledge.version) return;
    try {
      const message = await conversation.refresh();
      if (message) log.flash(message);
      toast(message ? 'The files changed: the last answer is fresh.' : 'The files changed.');
    } catch (cause) {
      // Where the preview has stopped, the line at the top says so.
      console.warn(cause);
    }
  }, (isThere) => {
    if (!isThere) tell('broken', 'The preview has stopped');
    else if (last) told(last);
  });
}

/** @param {Setting} here */
function introduce(here) {
  byId('server-name').textContent = here.knowledge;
  for (const id of ['channel-name', 'side-channel-name']) byId(id).textContent = here.channel.name;
  byId('you-name').textContent = here.you.global_name;
  byId('you-avatar').textContent = initial(here.you.global_name);
  document.title = `#${here.channel.name} · ${here.application.name} preview`;
}

/** @param {Message} message */
function textOf({ data: { content = '', embeds = [] } }) {
  const parts = embeds.flatMap((embed) => [
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
    embed.footer?.text,
  ]);
  return [content, ...parts].filter(Boolean).join('\n');
}

/** What Discord would be sent. @param {Message} message */
function copyJson({ data }) {
  void copy(JSON.stringify(data, null, 2), 'Copied: what Discord would be sent.');
}

/**
 * @param {string} text
 * @param {string} done
 */
async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast('The browser does not let the page copy.');
  }
}

startTheme(byId('theme'));
setting().then(start, (cause) => {
  console.error(cause);
  toast('The preview server does not answer.');
});
