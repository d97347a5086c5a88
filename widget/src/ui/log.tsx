import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { offered } from "../state.ts";
import type { State } from "../state.ts";
import { AlertIcon } from "./icons.tsx";
import { Message } from "./message.tsx";
import { useSurroundings } from "./context.ts";

const GAP_PX = 12;
const MOMENT_MS = 200;

/** What was said, the newest at the end, and what could be asked next. */
export function Log({ state }: { state: State }) {
  const { texts } = useSurroundings();
  const region = useRef<HTMLDivElement>(null);
  useScrolling(region, state);
  const live = useLater(state.connection === "ready");
  return (
    <div
      ref={region}
      class="log"
      role="log"
      // The history is not read out, only what is added to it.
      aria-live={live ? "polite" : "off"}
      aria-label={texts.conversation}
      tabindex={0}
    >
      {state.lines.map((line) => (
        <Message key={line.id} line={line} />
      ))}
      {state.connection === "connecting" && <p class="note">{texts.connecting}</p>}
      {state.connection === "failed" && <Unreachable state={state} />}
      {state.writing && <Dots />}
      <Suggestions state={state} />
    </div>
  );
}

function Suggestions({ state }: { state: State }) {
  const { conversation, texts } = useSurroundings();
  const replies = offered(state);
  if (replies.length === 0) return null;
  return (
    <ul class="suggestions" aria-label={texts.suggestions}>
      {replies.map(({ title, payload }) => (
        <li key={payload}>
          <button
            type="button"
            onClick={(event) => {
              // The button goes away; whoever used the keyboard goes on in the log.
              event.currentTarget.closest<HTMLElement>(".log")?.focus({ preventScroll: true });
              void conversation.send(payload, title);
            }}
          >
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Unreachable({ state }: { state: State }) {
  const { conversation, texts } = useSurroundings();
  return (
    <div class="failure first">
      <AlertIcon />
      <span>{state.problem && texts.problem(state.problem)}</span>
      {state.problem?.retry && (
        <button
          type="button"
          class="link"
          onClick={() => {
            void conversation.connect();
          }}
        >
          {texts.tryAgain}
        </button>
      )}
    </div>
  );
}

const Dots = () => (
  <div class="dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </div>
);

/** Returns whether something holds, and has for a moment. */
function useLater(holds: boolean): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLater(holds);
    }, MOMENT_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [holds]);
  return holds && later;
}

/** Keeps in view what is new: a question with the beginning of its answer, else the end. */
function useScrolling(region: { current: HTMLDivElement | null }, state: State): void {
  const { lines, writing, open, connection } = state;
  useLayoutEffect(() => {
    const log = region.current;
    if (!log || !open) return;
    const answered = lines.at(-1)?.kind === "bot" && !writing;
    const asked = [...log.querySelectorAll<HTMLElement>(".said")].at(-1);
    const top = answered ? (asked?.offsetTop ?? 0) - GAP_PX : log.scrollHeight;
    log.scrollTo({ top });
  }, [lines.length, writing, open, connection]);
}
