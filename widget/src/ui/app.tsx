import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../conversation.ts";
import type { Options } from "../options.ts";
import type { State } from "../state.ts";
import { textsOf } from "../texts.ts";
import type { Picture } from "../wire.ts";
import { ChatIcon, DownIcon } from "./icons.tsx";
import { Context, useSurroundings } from "./context.ts";
import { Enlarged } from "./picture.tsx";
import { Panel } from "./panel.tsx";
import { useConversation, useMedia } from "./hooks.ts";

/** Windows in which the panel takes all the room: phones, and large zoom. As in styles.css. */
export const PHONE = "(max-width: 480px), (max-height: 420px)";
const MOST_SHOWN = 9;

/**
 * - focus: counts the openings after which the keyboard belongs in the panel.
 * - onOpen: opens the panel for the person who asked for it.
 */
interface Props {
  readonly conversation: Conversation;
  readonly options: Options;
  readonly focus: number;
  readonly onOpen: () => void;
}

/** The whole widget: the round button and the panel. */
export function App({ conversation, options, focus, onOpen }: Props) {
  const state = useConversation(conversation);
  const phone = useMedia(PHONE);
  const dark = useMedia("(prefers-color-scheme: dark)");
  const [picture, setPicture] = useState<Picture | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const begun = useBegun(state.open);
  useReturn(state.open, root);

  const texts = textsOf(options.language);
  const title = options.title ?? texts.title;
  const system = dark ? "dark" : "light";
  const theme = options.theme === "auto" ? system : options.theme;
  const { server } = options;
  return (
    <Context.Provider value={{ conversation, server, texts, title, enlarge: setPicture }}>
      <div ref={root} class={`root ${theme} ${options.side}`} lang={texts.lang}>
        {begun && <Panel state={state} phone={phone} focus={focus} />}
        {options.launcher && !(state.open && phone) && <Launcher state={state} onOpen={onOpen} />}
        {picture && (
          <Enlarged
            picture={picture}
            onClose={() => {
              setPicture(null);
            }}
          />
        )}
      </div>
    </Context.Provider>
  );
}

/** The round button. It takes the keyboard back when the panel closes. */
function Launcher({ state, onOpen }: { state: State; onOpen: () => void }) {
  const { conversation, texts, title } = useSurroundings();
  const { open, unread } = state;
  const news = unread > 0 ? `, ${texts.unread(unread)}` : "";
  return (
    <button
      type="button"
      class="launcher"
      aria-expanded={open}
      aria-haspopup="dialog"
      aria-label={open ? texts.closeChat : texts.openChat(title) + news}
      onClick={() => {
        if (open) conversation.close();
        else onOpen();
      }}
    >
      {open ? <DownIcon /> : <ChatIcon />}
      {unread > 0 && (
        <span class="unread" aria-hidden="true">
          {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
        </span>
      )}
    </button>
  );
}

/** Returns whether the panel was open before, so that it is made only when it is needed. */
function useBegun(open: boolean): boolean {
  const begun = useRef(false);
  begun.current ||= open;
  return begun.current;
}

/** Gives the keyboard back to the button when the panel closes. */
function useReturn(open: boolean, root: { current: HTMLElement | null }): void {
  const before = useRef(open);
  useEffect(() => {
    const closed = before.current && !open;
    before.current = open;
    if (closed) root.current?.querySelector<HTMLElement>(".launcher")?.focus();
  }, [open]);
}
