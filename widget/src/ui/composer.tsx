import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { lengthOf, LONGEST } from "../conversation.ts";
import type { Texts } from "../texts.ts";
import { SendIcon } from "./icons.tsx";
import { useSurroundings } from "./context.ts";

const NEAR = 100;
const TALLEST_PX = 132;
const SPOKEN_AT = [20, 50, NEAR];

/** Where the person writes. Enter sends, Shift and Enter begins a new line. */
export function Composer({ busy, focused }: { busy: boolean; focused: number }) {
  const { conversation, texts } = useSurroundings();
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const left = LONGEST - lengthOf(text.trim());
  const able = !busy && left >= 0 && text.trim() !== "";
  useHeight(field, text);
  // Before the next key can come: nothing else hears it once what had the keyboard has gone.
  useLayoutEffect(() => {
    if (focused > 0) field.current?.focus();
  }, [focused]);

  const submit = () => {
    if (!able) return;
    void conversation.send(text);
    setText("");
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label class="hidden" for={`${id}-field`}>
        {texts.yourMessage}
      </label>
      <div class={left < 0 ? "field too-long" : "field"}>
        <textarea
          ref={field}
          id={`${id}-field`}
          rows={1}
          value={text}
          placeholder={texts.placeholder}
          aria-describedby={`${id}-hint`}
          aria-invalid={left < 0}
          enterkeyhint="send"
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            submit();
          }}
        />
        <button type="submit" class="send" aria-label={texts.send} aria-disabled={!able}>
          <SendIcon />
        </button>
      </div>
      <Counter left={left} />
      <p class="hidden" id={`${id}-hint`}>
        {texts.hint}
      </p>
    </form>
  );
}

/** Whether a key sends: Enter, but not the one that picks a word of an input method. */
function sends(event: KeyboardEvent): boolean {
  // Safari ends the composition before the key that did it, and tells so in `keyCode` alone.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const composing = event.isComposing || event.keyCode === 229;
  return event.key === "Enter" && !event.shiftKey && !composing;
}

/** How much room is left, near the limit. */
function Counter({ left }: { left: number }) {
  const { texts } = useSurroundings();
  return (
    <>
      {left <= NEAR && (
        <p class={left < 0 ? "counter over" : "counter"} aria-hidden="true">
          {counted(left, texts)}
        </p>
      )}
      <p class="hidden" role="status">
        {spoken(left, texts)}
      </p>
    </>
  );
}

function counted(left: number, texts: Texts): string {
  return left < 0 ? texts.charactersOver(-left) : texts.charactersLeft(left);
}

/** What a screen reader says of the length: at a few steps, not with every key. */
function spoken(left: number, texts: Texts): string {
  if (left > NEAR) return "";
  if (left < 0) return texts.charactersOver(-left);
  return texts.charactersLeft(SPOKEN_AT.find((step) => left <= step) ?? NEAR);
}

function useHeight(field: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const area = field.current;
    if (!area || area.scrollHeight === 0) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, TALLEST_PX)}px`;
  }, [text]);
}
