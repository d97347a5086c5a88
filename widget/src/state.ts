/** What the widget shows, and how each event changes it. Pure. */
import type { Problem } from "./problem.ts";
import type { BotMessage, Entry } from "./wire.ts";

/** A message of the person. */
export interface UserLine {
  readonly kind: "user";
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly status: "sending" | "sent" | "failed";
  readonly problem: Problem | null;
}

/** One line of the conversation. */
export type Line =
  | UserLine
  | ({ readonly kind: "bot" } & BotMessage)
  | { readonly kind: "note"; readonly id: string; readonly note: "renewed" };

/**
 * - connection: how far the first contact with the server is.
 * - problem: why it failed.
 * - writing: whether an answer is under way.
 * - unread: answers that came while the panel was closed.
 */
export interface State {
  readonly connection: "none" | "connecting" | "ready" | "failed";
  readonly problem: Problem | null;
  readonly lines: readonly Line[];
  readonly writing: boolean;
  readonly open: boolean;
  readonly unread: number;
}

/** What can happen. */
export type Event =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "connecting" }
  | { readonly type: "renewed" }
  | { readonly type: "connected"; readonly lines: readonly Line[] }
  | { readonly type: "unreachable"; readonly problem: Problem }
  | { readonly type: "restarted"; readonly greeting: BotMessage }
  | { readonly type: "sending"; readonly line: UserLine }
  | { readonly type: "answered"; readonly message: BotMessage }
  | { readonly type: "finished"; readonly id: string }
  | { readonly type: "failed"; readonly id: string; readonly problem: Problem };

export const START: State = {
  connection: "none",
  problem: null,
  lines: [],
  writing: false,
  open: false,
  unread: 0,
};

/** Returns the state after an event. */
export function after(state: State, event: Event): State {
  switch (event.type) {
    case "opened":
      return { ...state, open: true, unread: 0 };
    case "closed":
      return { ...state, open: false };
    case "connecting":
      return { ...state, connection: "connecting", problem: null };
    case "connected":
      return { ...state, connection: "ready", problem: null, lines: event.lines };
    case "unreachable":
      return { ...state, connection: "failed", problem: event.problem };
    default:
      return afterMessage(state, event);
  }
}

type MessageEvent = Exclude<
  Event,
  { type: "opened" | "closed" | "connecting" | "connected" | "unreachable" }
>;

function afterMessage(state: State, event: MessageEvent): State {
  switch (event.type) {
    case "restarted":
      return { ...state, lines: [botLine(event.greeting)], writing: false };
    case "sending":
      return { ...state, lines: resent(state.lines, event.line), writing: true };
    case "answered":
      return answered(state, event.message);
    case "finished":
      return { ...state, lines: marked(state.lines, event.id, "sent", null), writing: false };
    case "failed": {
      const lines = marked(state.lines, event.id, "failed", event.problem);
      return { ...state, lines, writing: false };
    }
    default:
      return { ...state, lines: noted(state.lines) };
  }
}

/** Returns what was said before: the greeting, the history, and what could not be delivered. */
export function remembered(
  greeting: BotMessage,
  entries: readonly Entry[],
  undelivered: readonly UserLine[],
): Line[] {
  const known = entries.map((entry): Line => {
    if (entry.role === "bot") return botLine(entry);
    const { id, text } = entry;
    return { kind: "user", id, text, title: text, status: "sent", problem: null };
  });
  const begun = known[0]?.kind === "bot" && known[0].text === greeting.text;
  const ids = new Set(known.map((line) => line.id));
  const kept = undelivered.filter((line) => !ids.has(line.id));
  return [...(begun ? [] : [botLine(greeting)]), ...known, ...kept];
}

/** Returns the quick replies to show: those of the newest message, while nothing is under way. */
export function offered(state: State): BotMessage["quickReplies"] {
  const last = state.lines.at(-1);
  return state.writing || last?.kind !== "bot" ? [] : last.quickReplies;
}

function answered(state: State, message: BotMessage): State {
  if (state.lines.some((line) => line.kind === "bot" && line.id === message.id)) return state;
  const unread = state.open ? 0 : state.unread + 1;
  return { ...state, lines: [...state.lines, botLine(message)], unread };
}

function botLine(message: BotMessage): Line {
  const { id, text, quickReplies, picture, source } = message;
  return { kind: "bot", id, text, quickReplies, picture, source };
}

/** A message that is sent again stands at the end, without the answers that broke off. */
function resent(lines: readonly Line[], line: UserLine): Line[] {
  const place = lines.findIndex((one) => one.kind === "user" && one.id === line.id);
  if (place < 0) return [...lines, line];
  const later = lines.slice(place + 1);
  const next = later.findIndex((one) => one.kind === "user");
  const kept = next < 0 ? [] : later.slice(next);
  return [...lines.slice(0, place), ...kept, line];
}

function marked(
  lines: readonly Line[],
  id: string,
  status: UserLine["status"],
  problem: Problem | null,
): Line[] {
  return lines.map((line) =>
    line.kind === "user" && line.id === id ? { ...line, status, problem } : line,
  );
}

/** The note stands above the message under way, whose answer does not know what stands above. */
function noted(lines: readonly Line[]): readonly Line[] {
  const place = lines.findIndex((line) => line.kind === "user" && line.status === "sending");
  const before = place < 0 ? lines : lines.slice(0, place);
  if (!before.some((line) => line.kind === "user")) return lines;
  const earlier = before.filter((line) => line.kind !== "note");
  const note: Line = { kind: "note", id: "renewed", note: "renewed" };
  return [...earlier, note, ...lines.slice(before.length)];
}
