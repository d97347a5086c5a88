/** What the server sends, read with care: a field of another kind than agreed is left out. */

/** A suggested next message: what is shown and what is sent. */
export interface QuickReply {
  readonly title: string;
  readonly payload: string;
}

/** A picture of the bot's server: its address there, and what it shows in words. */
export interface Picture {
  readonly url: string;
  readonly alt: string;
}

/** A message of the bot; `source` is a line about where its facts come from. */
export interface BotMessage {
  readonly id: string;
  readonly text: string;
  readonly quickReplies: readonly QuickReply[];
  readonly picture: Picture | null;
  readonly source: string | null;
}

/** A message of an earlier conversation. */
export type Entry =
  | ({ readonly role: "bot" } & BotMessage)
  | { readonly role: "user"; readonly id: string; readonly text: string };

/** What the bot says of itself; null where the server is silent. */
export interface About {
  readonly name: string | null;
  readonly text: string | null;
  readonly version: string | null;
  readonly reviewed: string | null;
  readonly licence: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Returns the fields of a JSON object; none for anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** Returns a text that is not empty, or null. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Returns a message of the bot; `id` stands in for a missing one. */
export function botMessage(value: unknown, id: string): BotMessage {
  const fields = fieldsOf(value);
  return {
    id: textOf(fields.id) ?? id,
    text: textOf(fields.text) ?? "",
    quickReplies: listOf(fields.quick_replies).flatMap(quickReply),
    picture: picture(fields.image),
    source: textOf(fields.source),
  };
}

/** Returns the entries of a history, oldest first. */
export function entriesOf(value: unknown): Entry[] {
  return listOf(fieldsOf(value).messages).map((one, place) => {
    const fields = fieldsOf(one);
    const id = textOf(fields.id) ?? `history-${place}`;
    if (fields.role !== "user") return { role: "bot", ...botMessage(one, id) };
    return { role: "user", id, text: textOf(fields.title) ?? textOf(fields.text) ?? "" };
  });
}

/** Returns what the bot says of itself. */
export function aboutOf(value: unknown): About {
  const fields = fieldsOf(value);
  return {
    name: textOf(fields.name),
    text: textOf(fields.text),
    version: textOf(fields.version),
    reviewed: textOf(fields.knowledge_reviewed),
    licence: textOf(fields.licence),
  };
}

function quickReply(value: unknown): QuickReply[] {
  const fields = fieldsOf(value);
  const title = textOf(fields.title);
  return title === null ? [] : [{ title, payload: textOf(fields.payload) ?? title }];
}

function picture(value: unknown): Picture | null {
  const fields = fieldsOf(value);
  const url = textOf(fields.url);
  return url === null ? null : { url, alt: textOf(fields.alt) ?? "" };
}

/** Returns the items of a JSON array; none for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
