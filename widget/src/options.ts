/** What a site owner sets with data attributes of the script tag. */
import { parseHex } from "./colour.ts";

export type Language = "en" | "zh";
export type Theme = "auto" | "light" | "dark";
export type Side = "right" | "left";
export type Storing = "local" | "session" | "none";

/**
 * - server: address of the bot, ends with "/".
 * - accent: "#rgb" or "#rrggbb".
 * - offset: distance from the edges of the window in px.
 * - title: name in the heading, null for the usual one.
 * - storing: where the token of the conversation is kept.
 * - launcher: whether the round button is shown.
 */
export interface Options {
  readonly server: URL;
  readonly language: Language;
  readonly theme: Theme;
  readonly accent: string;
  readonly side: Side;
  readonly offset: number;
  readonly title: string | null;
  readonly storing: Storing;
  readonly launcher: boolean;
}

/** Where the script tag stands: its address, its data attributes, the languages of the reader. */
export interface Place {
  readonly src: string;
  readonly data: Readonly<Record<string, string | undefined>>;
  readonly languages: readonly string[];
}

export const ACCENT = "#0b6b5d";
const OFFSET = 20;
const MOST_OFFSET = 200;

/** Returns the options and a sentence for each attribute that could not be used. */
export function readOptions(place: Place): { options: Options; problems: readonly string[] } {
  const reader = new Reader(place.data);
  const options: Options = {
    server: reader.server(place.src),
    language: reader.language(place.languages),
    theme: reader.choice("theme", ["auto", "light", "dark"]),
    accent: reader.accent(),
    side: reader.choice("position", ["right", "left"]),
    offset: reader.offset(),
    title: reader.value("title") ?? null,
    storing: reader.choice("storage", ["local", "session", "none"]),
    launcher: reader.choice("launcher", ["shown", "hidden"]) === "shown",
  };
  return { options, problems: reader.problems };
}

class Reader {
  readonly problems: string[] = [];
  readonly #data: Place["data"];

  constructor(data: Place["data"]) {
    this.#data = data;
  }

  /** Returns the value of an attribute, or undefined when it is absent or empty. */
  value(name: string): string | undefined {
    return this.#data[name]?.trim() === "" ? undefined : this.#data[name]?.trim();
  }

  /** Returns the chosen value; the first one is the default. */
  choice<Value extends string>(name: string, allowed: readonly [Value, ...Value[]]): Value {
    const value = this.value(name);
    if (value === undefined) return allowed[0];
    const known = allowed.find((one) => one === value.toLowerCase());
    return known ?? this.#refuse(name, value, allowed.join(", "), allowed[0]);
  }

  server(src: string): URL {
    const usual = new URL("./", src);
    const value = this.value("server");
    if (value === undefined) return usual;
    const allowed = "an address that begins with https:// or http://";
    if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) {
      return this.#refuse("server", value, allowed, usual);
    }
    return new URL("./", value.endsWith("/") ? value : `${value}/`);
  }

  language(languages: readonly string[]): Language {
    const chosen = this.choice("language", ["auto", "en", "zh"]);
    if (chosen !== "auto") return chosen;
    const first = languages.map((one) => one.slice(0, 2).toLowerCase());
    return first.find((one): one is Language => one === "en" || one === "zh") ?? "en";
  }

  accent(): string {
    const value = this.value("accent");
    if (value === undefined || parseHex(value) !== null) return value ?? ACCENT;
    return this.#refuse("accent", value, "#rgb, #rrggbb", ACCENT);
  }

  offset(): number {
    const value = this.value("offset");
    if (value === undefined) return OFFSET;
    const number = Number(value);
    const fits = Number.isFinite(number) && number >= 0 && number <= MOST_OFFSET;
    return fits ? number : this.#refuse("offset", value, `0 to ${MOST_OFFSET} (px)`, OFFSET);
  }

  #refuse<Value>(name: string, value: string, allowed: string, used: Value): Value {
    this.problems.push(
      `data-${name}="${value}" cannot be used; allowed: ${allowed}; used instead: ${String(used)}`,
    );
    return used;
  }
}
