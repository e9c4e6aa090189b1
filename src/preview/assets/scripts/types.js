/**
 * What travels between the page and the preview server, in Discord's words
 * (https://docs.discord.com/developers/interactions/receiving-and-responding), and what the page keeps.
 *
 * @typedef {{ name: string, value: string }} Choice
 * @typedef {{ type: number, name: string, description: string, required?: boolean, choices?: Choice[], options?: Option[],
 *   min_value?: number, max_value?: number, max_length?: number, autocomplete?: boolean }} Option
 * @typedef {{ name: string, type: number, description?: string, options?: Option[] }} Definition
 *
 * @typedef {{ id: string, username: string, global_name: string }} Person
 * @typedef {{ knowledge: string, application: { id: string, name: string }, server: { id: string },
 *   channel: { id: string, name: string }, you: Person, guest: Person,
 *   permissions: { member: string, moderator: string },
 *   commands: { everyone: Definition[], moderators: Definition[] },
 *   examples: { everyone: string[], moderators: string[] } }} Setting
 *
 * @typedef {{ name: string, type: number, value?: string | number | boolean, focused?: boolean,
 *   options?: GivenOption[] }} GivenOption
 * @typedef {Record<string, unknown> & { id: string, type: number }} Interaction
 *
 * @typedef {{ name: string, value: string, inline?: boolean }} Field
 * @typedef {{ title?: string, url?: string, description?: string, color?: number, fields?: Field[],
 *   footer?: { text: string } }} Embed
 * @typedef {{ label: string, value: string, description?: string, default?: boolean }} SelectOption
 * @typedef {{ type: 2, style: number, label: string, custom_id?: string, url?: string, disabled?: boolean }} Button
 * @typedef {{ type: 3, custom_id: string, placeholder?: string, options: SelectOption[], disabled?: boolean }} Select
 * @typedef {{ type: 1, components: (Button | Select)[] }} Row
 * @typedef {{ content?: string, embeds?: Embed[], components?: Row[], flags?: number }} MessageData
 * @typedef {{ type: number, data?: MessageData & { choices?: Choice[] } }} Response
 * @typedef {{ edit?: MessageData, remove?: boolean }} Then
 *
 * @typedef {{ severity: 'error' | 'warning', file: string, message: string, help: string | null,
 *   place: { line: number, column: number, text: string, start: number, width: number } | null }} Problem
 * @typedef {{ version: string, folder: string | null, summary: string, problems: Problem[] }} Knowledge
 */

export {};
