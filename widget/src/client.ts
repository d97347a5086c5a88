/** Talks with the bot's web channel: sessions, messages, history. */
import { jsonLines } from "./ndjson.ts";
import { ChatError, problemIn, problemOf } from "./problem.ts";
import { aboutOf, botMessage, entriesOf, fieldsOf, textOf } from "./wire.ts";
import type { About, BotMessage, Entry } from "./wire.ts";
import type { Memory } from "./memory.ts";

const PATIENCE_MS = 30_000;

/** A message of the person: `text` is sent, `title` is what was shown of it. */
export interface Outgoing {
  readonly id: string;
  readonly text: string;
  readonly title: string;
}

/** What a client needs; `renewed` is called when the server no longer knew the conversation. */
export interface ClientParts {
  readonly server: URL;
  readonly language: string;
  readonly memory: Memory;
  readonly fetch: typeof fetch;
  readonly renewed: () => void;
}

/** One conversation with the bot; every method throws a ChatError when it fails. */
export class Client {
  readonly #parts: ClientParts;
  readonly #ended = new AbortController();

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** Begins or renews the session; returns the greeting. */
  async begin(): Promise<BotMessage> {
    const body = await this.#json("session", this.#post({ language: this.#parts.language }));
    const token = textOf(fieldsOf(body).token);
    if (token === null) throw new ChatError(problemOf("unavailable"));
    this.#parts.memory.keep({ token });
    return botMessage(fieldsOf(body).greeting, "greeting");
  }

  /** Returns what was said so far, oldest first. */
  async history(): Promise<Entry[]> {
    return entriesOf(await (await this.#asked("history", {})).json());
  }

  /** Forgets the conversation; returns the greeting of the new one. */
  async restart(): Promise<BotMessage> {
    const body: unknown = await (await this.#asked("restart", this.#post({}))).json();
    return botMessage(fieldsOf(body).greeting, "greeting");
  }

  /** Returns what the bot says of itself. */
  async about(): Promise<About> {
    return aboutOf(await this.#json("about", {}));
  }

  /** Sends a message and yields the answers as they come. */
  async *say(message: Outgoing): AsyncGenerator<BotMessage> {
    const { id, text, title } = message;
    const body = title === text ? { id, text } : { id, text, title };
    const patience = new Patience(this.#ended.signal);
    try {
      const response = await this.#asked("messages", this.#post(body), patience);
      yield* this.#answers(response, id, patience);
    } catch (thrown) {
      throw patience.over ? new ChatError(problemOf("timeout")) : new ChatError(problemIn(thrown));
    } finally {
      patience.end();
    }
  }

  /** Gives up every request under way. */
  end(): void {
    this.#ended.abort();
  }

  async *#answers(response: Response, id: string, patience: Patience): AsyncGenerator<BotMessage> {
    if (response.body === null) throw new ChatError(problemOf("network"));
    let count = 0;
    for await (const value of jsonLines(response.body)) {
      patience.renew();
      const fields = fieldsOf(value);
      if (fields.type === "done") return;
      if (fields.type === "error") throw new ChatError(streamProblem(value));
      if (fields.type === "message") yield botMessage(value, `${id}-${count++}`);
    }
    // The connection was cut before the end.
    throw new ChatError(problemOf("network"));
  }

  /** Makes a request of the session; when the server does not know it, begins anew, once. */
  async #asked(path: string, init: RequestInit, patience?: Patience): Promise<Response> {
    if (this.#parts.memory.kept.token === null) await this.begin();
    const used = this.#parts.memory.kept.token;
    try {
      return await this.#fetch(path, init, patience);
    } catch (thrown) {
      if (problemIn(thrown).code !== "no_session" && problemIn(thrown).code !== "expired") {
        throw thrown;
      }
      // Another tab may have renewed it in the meantime.
      if (this.#parts.memory.kept.token === used) this.#parts.memory.keep({ token: null });
      if (this.#parts.memory.kept.token === null) await this.begin();
      this.#parts.renewed();
      return this.#fetch(path, init, patience);
    }
  }

  async #json(path: string, init: RequestInit): Promise<unknown> {
    return (await this.#fetch(path, init)).json() as Promise<unknown>;
  }

  async #fetch(path: string, init: RequestInit, patience?: Patience): Promise<Response> {
    const { server, memory } = this.#parts;
    const headers = new Headers(init.headers);
    if (memory.kept.token !== null) headers.set("Authorization", `Bearer ${memory.kept.token}`);
    const waiting = patience ?? new Patience(this.#ended.signal);
    try {
      const address = new URL(`webhooks/web/${path}`, server);
      const sent = { ...init, headers, credentials: "omit", signal: waiting.signal } as const;
      const response = await this.#parts.fetch(address, sent);
      if (!response.ok) throw new ChatError(await responseProblem(response));
      return response;
    } catch (thrown) {
      throw waiting.over ? new ChatError(problemOf("timeout")) : new ChatError(problemIn(thrown));
    } finally {
      if (patience === undefined) waiting.end();
    }
  }

  #post(body: unknown): RequestInit {
    const headers = { "Content-Type": "application/json" };
    return { method: "POST", headers, body: JSON.stringify(body) };
  }
}

/** Aborts a request when nothing has come for a while, or when the client ends. */
class Patience {
  over = false;
  readonly #controller = new AbortController();
  readonly #abort = () => {
    this.#controller.abort();
  };
  readonly #outer: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(outer: AbortSignal) {
    this.#outer = outer;
    if (outer.aborted) this.#abort();
    outer.addEventListener("abort", this.#abort);
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.over = true;
      this.#abort();
    }, PATIENCE_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener("abort", this.#abort);
  }
}

async function responseProblem(response: Response) {
  const fields = fieldsOf(await response.json().catch(() => null));
  const code = textOf(fields.error) ?? CODES[response.status] ?? "unavailable";
  const wait = fields.retry_after ?? response.headers.get("Retry-After") ?? 0;
  return problemOf(code, { message: textOf(fields.message) ?? "", retryAfter: seconds(wait) });
}

function streamProblem(value: unknown) {
  const { error, message, retry, retry_after: wait } = fieldsOf(value);
  return problemOf(textOf(error) ?? "unavailable", {
    message: textOf(message) ?? "",
    retry: retry !== false,
    retryAfter: seconds(wait),
  });
}

const CODES: Readonly<Record<number, string>> = {
  400: "bad_request",
  401: "no_session",
  403: "origin",
  413: "too_large",
  429: "too_many",
};

function seconds(value: unknown): number {
  const number = Math.ceil(Number(value ?? 0));
  return Number.isFinite(number) && number > 0 ? Math.min(number, 3600) : 0;
}
