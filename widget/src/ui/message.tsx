import { blocksOf, languageOf } from "../blocks.ts";
import type { Block } from "../blocks.ts";
import type { Line, UserLine } from "../state.ts";
import { AlertIcon } from "./icons.tsx";
import { Thumbnail } from "./picture.tsx";
import { useCountdown } from "./hooks.ts";
import { useSurroundings } from "./context.ts";

type BotLine = Extract<Line, { kind: "bot" }>;

/** One line of the conversation. */
export function Message({ line }: { line: Line }) {
  const { texts } = useSurroundings();
  if (line.kind === "user") return <Said line={line} />;
  if (line.kind === "bot") return <Answer line={line} />;
  return <p class="note">{texts.renewed}</p>;
}

function Said({ line }: { line: UserLine }) {
  const { texts } = useSurroundings();
  return (
    <div class={`line said ${line.status}`}>
      <div class="bubble">
        <span class="hidden">{texts.youSaid} </span>
        <span class="words">{line.title}</span>
      </div>
      {line.status === "failed" && <Failure line={line} />}
    </div>
  );
}

function Failure({ line }: { line: UserLine }) {
  const { conversation, texts } = useSurroundings();
  const left = useCountdown(line.problem?.retryAfter ?? 0, line.problem);
  const retry = line.problem?.retry === true;
  return (
    <div class="failure">
      <AlertIcon />
      <span>{line.problem && texts.problem(line.problem)}</span>
      {retry && (
        <button
          type="button"
          class="link"
          aria-disabled={left > 0}
          onClick={() => {
            if (left === 0) void conversation.retry(line.id);
          }}
        >
          {left > 0 ? texts.tryAgainIn(left) : texts.tryAgain}
        </button>
      )}
    </div>
  );
}

function Answer({ line }: { line: BotLine }) {
  const { texts } = useSurroundings();
  return (
    <div class={line.picture ? "line answer pictured" : "line answer"}>
      <div class="bubble" lang={languageOf(line.text)}>
        <span class="hidden" lang={texts.lang}>
          {texts.botSaid}{" "}
        </span>
        {blocksOf(line.text).map((block, place) => (
          <Words key={place} block={block} />
        ))}
        {line.picture && <Thumbnail picture={line.picture} />}
        {line.source !== null && <p class="source">{line.source}</p>}
      </div>
    </div>
  );
}

function Words({ block }: { block: Block }) {
  if (block.kind === "text") return <p>{block.lines.join("\n")}</p>;
  return (
    <ul>
      {block.lines.map((line, place) => (
        <li key={place}>{line}</li>
      ))}
    </ul>
  );
}
