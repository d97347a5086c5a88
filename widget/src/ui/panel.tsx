import { useEffect, useRef, useState } from "preact/hooks";
import type { State } from "../state.ts";
import { About } from "./about.tsx";
import { AboutIcon, BackIcon, ChatIcon, CloseIcon, RestartIcon } from "./icons.tsx";
import { Composer } from "./composer.tsx";
import { Confirm } from "./confirm.tsx";
import { Log } from "./log.tsx";
import { useSurroundings } from "./context.ts";

type View = "chat" | "about" | "restart";

/**
 * - phone: the panel fills the window and the page behind it cannot be reached.
 * - focus: counts the openings after which the keyboard belongs in the panel.
 */
interface Props {
  readonly state: State;
  readonly phone: boolean;
  readonly focus: number;
}

/** The panel of the chat. */
export function Panel({ state, phone, focus }: Props) {
  const { conversation, texts } = useSurroundings();
  const [view, setView] = useState<View>("chat");
  const [writing, setWriting] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useShown(dialog, state.open, phone);
  const followed = useRef(0);
  useEffect(() => {
    if (focus === followed.current || !state.open) return;
    followed.current = focus;
    // On a phone the keyboard would hide the examples.
    if (phone) heading.current?.focus();
    else setWriting((count) => count + 1);
  }, [focus, state.open, phone]);

  const leave = () => {
    if (view === "chat") conversation.close();
    else returnToChat();
  };
  const returnToChat = () => {
    setView("chat");
    setWriting((count) => count + 1);
  };
  return (
    <dialog
      ref={dialog}
      class={phone ? "panel phone" : "panel"}
      aria-labelledby="title"
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        leave();
      }}
    >
      <Header view={view} setView={setView} onBack={returnToChat} heading={heading} />
      {view === "restart" && <Confirm onDone={returnToChat} />}
      {view === "about" && <About />}
      <div class={view === "about" ? "chat away" : "chat"}>
        <Log state={state} />
        <Composer busy={state.writing} focused={writing} />
      </div>
      <p class="hidden" role="status">
        {state.writing ? texts.writing : ""}
      </p>
    </dialog>
  );
}

interface HeaderProps {
  readonly view: View;
  readonly setView: (view: View) => void;
  readonly onBack: () => void;
  readonly heading: { current: HTMLHeadingElement | null };
}

function Header({ view, setView, onBack, heading }: HeaderProps) {
  const { conversation, texts, title } = useSurroundings();
  return (
    <header>
      {view === "about" ? (
        <Tool label={texts.back} onClick={onBack}>
          <BackIcon />
        </Tool>
      ) : (
        <span class="mark">
          <ChatIcon />
        </span>
      )}
      <h2 id="title" ref={heading} tabindex={-1}>
        {title}
      </h2>
      {view !== "about" && (
        <>
          <Tool
            label={texts.about}
            onClick={() => {
              setView("about");
            }}
          >
            <AboutIcon />
          </Tool>
          <Tool
            label={texts.restart}
            onClick={() => {
              setView("restart");
            }}
          >
            <RestartIcon />
          </Tool>
        </>
      )}
      <Tool
        label={texts.closeChat}
        onClick={() => {
          conversation.close();
        }}
      >
        <CloseIcon />
      </Tool>
    </header>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: preact.ComponentChildren;
}

const Tool = ({ label, onClick, children }: ToolProps) => (
  <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
    {children}
  </button>
);

/** Shows the dialog beside the page, or on a phone instead of it. */
function useShown(
  dialog: { current: HTMLDialogElement | null },
  open: boolean,
  modal: boolean,
): void {
  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return;
    if (modal) element.showModal();
    // Not show(), which would take the keyboard from the page when a new page opens.
    else element.open = true;
    return () => {
      element.close();
    };
  }, [open, modal]);
}
