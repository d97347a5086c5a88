import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { languageOf } from "../blocks.ts";
import type { Problem } from "../problem.ts";
import { problemIn } from "../problem.ts";
import type { About as Facts } from "../wire.ts";
import { useSurroundings } from "./context.ts";

/** What the bot says of itself, in place of the conversation. */
export function About() {
  const { conversation, server, texts } = useSurroundings();
  const [facts, setFacts] = useState<Facts | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
  }, []);
  useEffect(() => {
    conversation.about().then(setFacts, (thrown: unknown) => {
      setProblem(problemIn(thrown));
    });
  }, [conversation]);
  return (
    <section class="about">
      <h3 ref={heading} tabindex={-1}>
        {texts.about}
      </h3>
      {problem && <p role="alert">{texts.problem(problem)}</p>}
      {facts?.name != null && <p class="name">{facts.name}</p>}
      {facts?.text != null && <p lang={languageOf(facts.text)}>{facts.text}</p>}
      <p>{texts.sentTo(server.host)}</p>
      {facts && <Table facts={facts} />}
    </section>
  );
}

function Table({ facts }: { facts: Facts }) {
  const { texts } = useSurroundings();
  const rows: [string, string | null][] = [
    [texts.version, facts.version],
    [texts.reviewed, facts.reviewed],
    [texts.licence, facts.licence],
  ];
  return (
    <dl>
      {rows.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
