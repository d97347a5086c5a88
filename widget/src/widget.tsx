/** The widget in a page: its element, its styles, its life. */
import { render } from "preact";
import { Conversation } from "./conversation.ts";
import { boxOf, Flag, Memory } from "./memory.ts";
import type { Options } from "./options.ts";
import sheet from "./styles.css";
import { accentRules } from "./theme.ts";
import { App, PHONE } from "./ui/app.tsx";

const ELEMENT = "careers-chat";

/** The widget in one page; `remove` takes away everything it has brought. */
export class Widget {
  readonly conversation: Conversation;
  #options: Options;
  readonly #element: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #wasOpen: Flag;
  readonly #accent = new CSSStyleSheet();
  #focus = 0;

  constructor(options: Options) {
    this.#options = options;
    const { server, language, storing } = options;
    const key = `careers-chat:${server.href}`;
    // Whether the panel is open belongs to the tab, the conversation to the browser.
    const tab = storing === "none" ? null : boxOf("session", window);
    this.#wasOpen = new Flag(`${key}:open`, tab);
    this.conversation = new Conversation({
      server,
      language,
      memory: new Memory(key, boxOf(storing, window)),
      fetch: window.fetch.bind(window),
      newId,
    });
    this.#element = document.createElement(ELEMENT);
    this.#root = this.#element.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [styles(sheet), this.#accent];
    this.#dress();
  }

  /** Puts the widget into the page, open when it was open on the page before. */
  show(): void {
    document.body.append(this.#element);
    this.#render();
    this.conversation.subscribe(this.#noteOpen);
    if (this.#wasOpen.set && !matchMedia(PHONE).matches) this.conversation.open();
  }

  /** Opens the panel and moves the keyboard there. */
  open(): void {
    this.#focus += 1;
    this.#render();
    this.conversation.open();
  }

  /** Changes how it looks and speaks; server and storage stay as they were. */
  change(options: Options): void {
    this.#options = { ...options, server: this.#options.server, storing: this.#options.storing };
    this.#dress();
    if (this.#element.isConnected) this.#render();
  }

  /** Takes everything away that it has brought. */
  remove(): void {
    this.conversation.end();
    render(null, this.#root);
    this.#element.remove();
  }

  readonly #noteOpen = () => {
    const { open } = this.conversation.state;
    if (this.#wasOpen.set !== open) this.#wasOpen.change(open);
  };

  #dress(): void {
    const { accent, offset } = this.#options;
    this.#accent.replaceSync(accentRules(accent));
    this.#element.style.setProperty("--offset", `${offset}px`);
  }

  #render(): void {
    const { conversation } = this;
    const onOpen = () => {
      this.open();
    };
    const props = { conversation, options: this.#options, focus: this.#focus, onOpen };
    render(<App {...props} />, this.#root);
  }
}

/** Returns whether the browser has what the widget needs (all since March 2023 have). */
export function isSupported(): boolean {
  return "adoptedStyleSheets" in Document.prototype && "HTMLDialogElement" in window;
}

function styles(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

/** crypto.randomUUID is missing on pages without TLS. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
