import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, languageOf } from "../src/blocks.ts";
import { jsonLines } from "../src/ndjson.ts";
import { aboutOf, botMessage, entriesOf } from "../src/wire.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function valuesOf(...parts: Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(new Uint8Array(part));
      controller.close();
    },
  });
  const values: unknown[] = [];
  for await (const value of jsonLines(body)) values.push(value);
  return values;
}

test("lines are read however they are cut", async () => {
  const all = bytes('{"a":"直播"}\n\n{"b":2}\r\n{"c":3}');
  const whole = [{ a: "直播" }, { b: 2 }, { c: 3 }];
  assert.deepEqual(await valuesOf(all), whole);
  assert.deepEqual(await valuesOf(...Array.from(all, (byte) => Uint8Array.of(byte))), whole);
});

test("a line that is no JSON is an error", async () => {
  await assert.rejects(valuesOf(bytes("<html>\n")), SyntaxError);
});

test("a message is read with everything it has", () => {
  const message = botMessage(
    {
      id: "m1",
      text: "Hi",
      quick_replies: [{ title: "More", payload: "more" }, { title: "Bare" }],
      image: { url: "/pictures/a.svg", alt: "A chain" },
      source: "O*NET",
    },
    "x",
  );
  assert.deepEqual(message, {
    id: "m1",
    text: "Hi",
    quickReplies: [
      { title: "More", payload: "more" },
      { title: "Bare", payload: "Bare" },
    ],
    picture: { url: "/pictures/a.svg", alt: "A chain" },
    source: "O*NET",
  });
});

for (const odd of [null, 3, "text", [], { text: 5, quick_replies: {}, image: "x", source: [] }]) {
  test(`${JSON.stringify(odd)} gives an empty message and no exception`, () => {
    const empty = { id: "x", text: "", quickReplies: [], picture: null, source: null };
    assert.deepEqual(botMessage(odd, "x"), empty);
    assert.deepEqual(entriesOf(odd), []);
  });
}

test("the history shows what the person saw on a quick reply", () => {
  const [entry] = entriesOf({ messages: [{ role: "user", id: "1", text: "/duties", title: "Duties" }] });
  assert.deepEqual(entry, { role: "user", id: "1", text: "Duties" });
});

test("what the bot does not say of itself is null", () => {
  const about = aboutOf({ name: "Bot", knowledge_reviewed: "2026-11-22" });
  assert.deepEqual(about, {
    name: "Bot",
    text: null,
    version: null,
    reviewed: "2026-11-22",
    licence: null,
  });
});

test("an answer is split into paragraphs and lists", () => {
  assert.deepEqual(blocksOf("It needs:\n• SQL\n• tact\nWhy: so.\n\nMore\n"), [
    { kind: "text", lines: ["It needs:"] },
    { kind: "list", lines: ["SQL", "tact"] },
    { kind: "text", lines: ["Why: so."] },
    { kind: "text", lines: ["More"] },
  ]);
});

test("the voice of a screen reader fits the text", () => {
  assert.equal(languageOf("The live-stream host (直播主播) sells on camera."), "en");
  assert.equal(languageOf("你好！我回答电商岗位的问题：例如 CRM。"), "zh-Hans");
});
