import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../problem.ts";
import { problemIn } from "../problem.ts";
import { useSurroundings } from "./context.ts";

/** Asks before the conversation is forgotten. */
export function Confirm({ onDone }: { onDone: () => void }) {
  const { conversation, texts } = useSurroundings();
  const [problem, setProblem] = useState<Problem | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    first.current?.focus();
  }, []);
  return (
    <div class="confirm" role="alertdialog" aria-label={texts.restartQuestion}>
      <p>{problem ? texts.problem(problem) : texts.restartQuestion}</p>
      <button
        ref={first}
        type="button"
        class="primary"
        onClick={() => {
          conversation.restart().then(onDone, (thrown: unknown) => {
            setProblem(problemIn(thrown));
          });
        }}
      >
        {problem ? texts.tryAgain : texts.restartYes}
      </button>
      <button type="button" class="secondary" onClick={onDone}>
        {texts.cancel}
      </button>
    </div>
  );
}
