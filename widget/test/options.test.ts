import assert from "node:assert/strict";
import { test } from "node:test";
import { ACCENT, readOptions } from "../src/options.ts";

const SRC = "https://bot.example/widget-0.1.0.js";
const read = (data: Record<string, string>, languages: string[] = ["en"]) =>
  readOptions({ src: SRC, data, languages });

test("a bare tag gives the usual widget of the script's server", () => {
  const { options, problems } = read({});
  assert.equal(options.server.href, "https://bot.example/");
  assert.deepEqual(
    { ...options, server: "" },
    {
      server: "",
      language: "en",
      theme: "auto",
      accent: ACCENT,
      side: "right",
      offset: 20,
      title: null,
      storing: "local",
      launcher: true,
    },
  );
  assert.deepEqual(problems, []);
});

test("a bot below a path keeps its path", () => {
  const { options } = readOptions({ src: "https://a.example/bot/widget.js", data: {}, languages: [] });
  assert.equal(options.server.href, "https://a.example/bot/");
  assert.equal(read({ server: "https://b.example/bot" }).options.server.href, "https://b.example/bot/");
});

test("all attributes are read, whatever their case and spaces", () => {
  const { options, problems } = read({
    language: "ZH",
    theme: " Dark ",
    accent: "#f60",
    position: "left",
    offset: "8",
    title: " Ask us ",
    storage: "session",
    launcher: "hidden",
  });
  assert.deepEqual(problems, []);
  assert.equal(options.language, "zh");
  assert.equal(options.theme, "dark");
  assert.equal(options.accent, "#f60");
  assert.equal(options.side, "left");
  assert.equal(options.offset, 8);
  assert.equal(options.title, "Ask us");
  assert.equal(options.storing, "session");
  assert.equal(options.launcher, false);
});

const WRONG: [string, string][] = [
  ["theme", "drak"],
  ["accent", "red"],
  ["position", "top"],
  ["offset", "-4"],
  ["offset", "1e9"],
  ["offset", "wide"],
  ["language", "fr"],
  ["storage", "cookie"],
  ["server", "javascript:alert(1)"],
  ["server", "bot.example"],
];
for (const [name, value] of WRONG) {
  test(`data-${name}="${value}" is named as a problem and the usual value is used`, () => {
    const { options, problems } = read({ [name]: value });
    assert.equal(problems.length, 1);
    assert.ok(problems[0]?.startsWith(`data-${name}="${value}" cannot be used; allowed: `));
    assert.deepEqual(options, read({}).options);
  });
}

for (const [languages, expected] of [
  [["zh-CN", "en"], "zh"],
  [["fr-FR", "zh-TW", "en"], "zh"],
  [["de"], "en"],
  [[], "en"],
] as [string[], string][]) {
  test(`a reader of ${JSON.stringify(languages)} sees ${expected}`, () => {
    assert.equal(read({}, languages).options.language, expected);
  });
}
