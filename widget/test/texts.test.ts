import assert from "node:assert/strict";
import { test } from "node:test";
import { problemOf } from "../src/problem.ts";
import { textsOf } from "../src/texts.ts";

const CODES = ["offline", "network", "timeout", "too_many", "too_large", "unavailable", "origin"];
const [en, zh] = [textsOf("en"), textsOf("zh")];

test("every text is there in both languages, and they differ", () => {
  for (const name of Object.keys(en) as (keyof typeof en)[]) {
    const [one, other] = [en[name], zh[name]];
    assert.equal(typeof one, typeof other, name);
    if (typeof one === "string") assert.notEqual(one, other, name);
  }
});

for (const texts of [en, zh]) {
  test(`every known problem has words of its own in ${texts.lang}`, () => {
    const words = CODES.map((code) => texts.problem(problemOf(code, { message: "server" })));
    assert.equal(new Set(words).size, CODES.length);
    assert.ok(!words.includes("server"));
  });

  test(`an unknown problem is told in the server's words in ${texts.lang}`, () => {
    assert.equal(texts.problem(problemOf("odd", { message: "Odd." })), "Odd.");
    assert.notEqual(texts.problem(problemOf("odd")), "");
  });
}

test("Chinese texts hold Chinese, and no English left over", () => {
  for (const text of Object.values(zh)) {
    if (typeof text === "string" && text !== "zh-Hans") {
      assert.match(text, /[\u4e00-\u9fff]/);
      assert.doesNotMatch(text.replace(/Enter|Shift/g, ""), /[A-Za-z]{3}/);
    }
  }
});
