/** The conversation: what the person does becomes requests and events. */
import { Client } from "./client.ts";
import { problemIn, problemOf } from "./problem.ts";
import { after, remembered, START } from "./state.ts";
import type { About } from "./wire.ts";
import type { Event, State, UserLine } from "./state.ts";
import type { Memory } from "./memory.ts";

/** Characters (code points) of one message, as the server allows them. */
export const LONGEST = 1000;

/** What a conversation needs from outside. */
export interface Parts {
  readonly server: URL;
  readonly language: string;
  readonly memory: Memory;
  readonly fetch: typeof fetch;
  readonly newId: () => string;
}

/** Holds the state and tells its listeners of each change. */
export class Conversation {
  readonly #parts: Parts;
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  #state: State = START;
  #connecting: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    const renewed = () => {
      this.#tell({ type: "renewed" });
    };
    this.#client = new Client({ ...parts, renewed });
  }

  get state(): State {
    return this.#state;
  }

  /** Calls the listener after each change; returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows the panel; the first time this makes contact with the server. */
  open(): void {
    this.#tell({ type: "opened" });
    void this.connect();
  }

  close(): void {
    this.#tell({ type: "closed" });
  }

  /** Begins or resumes the session, unless that has been done. */
  connect(): Promise<void> {
    if (this.#state.connection === "ready") return Promise.resolve();
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  /** Sends a message; does nothing while an answer is under way or when it is empty or too long. */
  async send(text: string, title: string = text): Promise<void> {
    const said = text.trim();
    if (this.#state.writing || said === "" || lengthOf(said) > LONGEST) return;
    if (this.#connecting) await this.#connecting;
    const id = this.#parts.newId();
    await this.#exchange({
      kind: "user",
      id,
      text: said,
      title: title.trim(),
      status: "sending",
      problem: null,
    });
  }

  /** Sends a failed message again; the server knows its id and answers once, if it had got it. */
  async retry(id: string): Promise<void> {
    const line = this.#failed().find((one) => one.id === id);
    if (this.#state.writing || line === undefined) return;
    await this.#exchange({ ...line, status: "sending", problem: null });
  }

  /** Forgets the conversation here and on the server. Throws a ChatError when that fails. */
  async restart(): Promise<void> {
    const greeting = await this.#client.restart();
    this.#parts.memory.keep({ unsent: [] });
    this.#tell({ type: "restarted", greeting });
  }

  /** Returns what the bot says of itself. Throws a ChatError when that fails. */
  about(): Promise<About> {
    return this.#client.about();
  }

  /** Ends every request and forgets the listeners. */
  end(): void {
    this.#client.end();
    this.#listeners.clear();
  }

  async #connect(): Promise<void> {
    this.#tell({ type: "connecting" });
    try {
      const greeting = await this.#client.begin();
      const entries = await this.#client.history();
      const lines = remembered(greeting, entries, this.#undelivered());
      this.#tell({ type: "connected", lines });
    } catch (thrown) {
      this.#tell({ type: "unreachable", problem: problemIn(thrown) });
    }
  }

  async #exchange(line: UserLine): Promise<void> {
    this.#tell({ type: "sending", line });
    try {
      await this.#say(line);
      this.#tell({ type: "finished", id: line.id });
    } catch (thrown) {
      this.#tell({ type: "failed", id: line.id, problem: problemIn(thrown) });
      return;
    } finally {
      this.#keepUnsent();
    }
    // What was said before has not been seen yet when the first contact had failed.
    if (this.#state.connection === "failed") void this.connect();
  }

  async #say(line: UserLine): Promise<void> {
    for await (const message of this.#client.say(line)) this.#tell({ type: "answered", message });
  }

  #failed(): UserLine[] {
    return this.#state.lines.filter(
      (line): line is UserLine => line.kind === "user" && line.status === "failed",
    );
  }

  #keepUnsent(): void {
    const unsent = this.#failed().map(({ id, text, title }) => ({ id, text, title }));
    if (unsent.length || this.#parts.memory.kept.unsent.length) this.#parts.memory.keep({ unsent });
  }

  #undelivered(): UserLine[] {
    const here = this.#failed();
    const ids = new Set(here.map((line) => line.id));
    const stored = this.#parts.memory.kept.unsent.filter((one) => !ids.has(one.id));
    const problem = problemOf("network");
    const back = stored.map(
      (one): UserLine => ({ kind: "user", ...one, status: "failed", problem }),
    );
    return [...back, ...here];
  }

  #tell(event: Event): void {
    this.#state = after(this.#state, event);
    for (const listener of this.#listeners) listener();
  }
}

/** Returns the length of a text as the server counts it: in code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
