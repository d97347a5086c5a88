/** What the script tag runs: one widget a page, and `window.CareersChat` to steer it. */
import { lengthOf, LONGEST } from "./conversation.ts";
import { readOptions } from "./options.ts";
import type { Options } from "./options.ts";
import { isSupported, Widget } from "./widget.tsx";

/** The widget for the page around it. */
export interface CareersChat {
  readonly version: string;
  /** Opens the panel. */
  open(): void;
  /** Closes the panel; the conversation stays. */
  close(): void;
  /** Opens the panel and sends a message of at most 1,000 characters. */
  ask(text: string): Promise<void>;
  /** Takes the widget out of the page; the conversation is still there on the next page. */
  remove(): void;
}

declare global {
  interface Window {
    CareersChat?: CareersChat;
  }
}

const NAME = "CareersChat";
// Read now: it is null as soon as this script has run.
const script = document.currentScript;

if (window.CareersChat === undefined && script instanceof HTMLScriptElement) start(script);

function start(tag: HTMLScriptElement): void {
  if (!isSupported()) {
    console.warn(`${NAME}: this browser is too old for the chat; it is not shown.`);
    return;
  }
  const widget = new Widget(optionsOf(tag));
  const controller = new AbortController();
  // So that a page can change its theme or language.
  const observer = new MutationObserver(() => {
    widget.change(optionsOf(tag));
  });
  observer.observe(tag, { attributes: true });
  controller.signal.addEventListener("abort", () => {
    observer.disconnect();
  });
  window.CareersChat = apiOf(widget, controller);
  whenQuiet(() => {
    widget.show();
    window.dispatchEvent(new CustomEvent("careers-chat:ready"));
  }, controller.signal);
}

function optionsOf(tag: HTMLScriptElement): Options {
  const data = Object.fromEntries(Object.entries(tag.dataset));
  const { options, problems } = readOptions({ src: tag.src, data, languages: navigator.languages });
  for (const problem of problems) console.warn(`${NAME}: ${problem}`);
  return options;
}

function apiOf(widget: Widget, controller: AbortController): CareersChat {
  const { conversation } = widget;
  return {
    version: __VERSION__,
    open: () => {
      widget.open();
    },
    close: () => {
      conversation.close();
    },
    ask: async (text) => {
      const said = text.trim();
      if (said === "" || lengthOf(said) > LONGEST) {
        throw new RangeError(`${NAME}.ask: 1 to ${LONGEST} characters, not ${lengthOf(said)}`);
      }
      widget.open();
      await conversation.connect();
      await conversation.send(said);
    },
    remove: () => {
      controller.abort();
      widget.remove();
      delete window.CareersChat;
    },
  };
}

/** Runs when the page has been read and painted, so that it is not held up. */
function whenQuiet(run: () => void, signal: AbortSignal): void {
  const soon = () => {
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (!signal.aborted) run();
      }),
    );
  };
  if (document.readyState !== "loading") soon();
  else document.addEventListener("DOMContentLoaded", soon, { once: true, signal });
}
