/** What is kept in the browser between pages: in its storage, else only until the page is left. */
import type { Storing } from "./options.ts";
import { fieldsOf, listOf, textOf } from "./wire.ts";

/** The part of the Web Storage interface that is used. */
export interface Box {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A message that could not be delivered, kept over a reload. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly title: string;
}

/**
 * - token: of the conversation.
 * - unsent: messages that could not be delivered.
 */
export interface Kept {
  readonly token: string | null;
  readonly unsent: readonly Unsent[];
}

const NOTHING: Kept = { token: null, unsent: [] };

/** Keeps a few values of one bot under one key. */
export class Memory {
  readonly #key: string;
  readonly #box: Box | null;
  #kept: Kept = NOTHING;

  /** `box` is null when nothing shall outlive the page. */
  constructor(key: string, box: Box | null) {
    this.#key = key;
    this.#box = box;
  }

  /** Returns what is kept; what another tab has stored counts. */
  get kept(): Kept {
    try {
      const text = this.#box?.getItem(this.#key);
      if (text != null) return keptIn(JSON.parse(text));
    } catch {
      // Storage is forbidden or holds something else: what this page knows is used.
    }
    return this.#kept;
  }

  /** Keeps some values; the others stay. */
  keep(values: Partial<Kept>): void {
    this.#kept = { ...this.kept, ...values };
    try {
      this.#box?.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // Storage is full or forbidden: the values live as long as the page.
    }
  }
}

/** Whatever stands in the storage of a site, anybody may have written. */
function keptIn(value: unknown): Kept {
  const fields = fieldsOf(value);
  const unsent = listOf(fields.unsent).flatMap((one): Unsent[] => {
    const [id, text, title] = ["id", "text", "title"].map((name) => textOf(fieldsOf(one)[name]));
    return id && text && title ? [{ id, text, title }] : [];
  });
  return { token: textOf(fields.token), unsent };
}

/** Something that is so or not, as long as the tab is open. */
export class Flag {
  readonly #key: string;
  readonly #box: Box | null;

  constructor(key: string, box: Box | null) {
    this.#key = key;
    this.#box = box;
  }

  get set(): boolean {
    try {
      return this.#box?.getItem(this.#key) != null;
    } catch {
      return false;
    }
  }

  change(set: boolean): void {
    try {
      if (set) this.#box?.setItem(this.#key, "1");
      else this.#box?.removeItem(this.#key);
    } catch {
      // Storage is full or forbidden: the next page begins closed.
    }
  }
}

/** Returns the storage of the browser that the site owner chose, or null when it is forbidden. */
export function boxOf(storing: Storing, view: Window): Box | null {
  try {
    if (storing === "none") return null;
    return storing === "local" ? view.localStorage : view.sessionStorage;
  } catch {
    return null;
  }
}
