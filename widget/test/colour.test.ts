import assert from "node:assert/strict";
import { test } from "node:test";
import { contrast, parseHex, readableOn, textOn, toHex } from "../src/colour.ts";
import type { Rgb } from "../src/colour.ts";
import { accentRules } from "../src/theme.ts";

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const MANY = [0, 51, 102, 153, 204, 255].flatMap((red) =>
  [0, 90, 180, 255].flatMap((green) => [0, 128, 255].map((blue): Rgb => [red, green, blue])),
);

test("colours are read with three and six digits", () => {
  assert.deepEqual(parseHex("#0b6"), [0, 187, 102]);
  assert.deepEqual(parseHex(" #0B6b5D "), [11, 107, 93]);
  assert.equal(toHex([11, 107, 93]), "#0b6b5d");
});

for (const wrong of ["", "red", "#12", "#12345", "#ggg", "#fff;}*{display:none", "rgb(0,0,0)"]) {
  test(`${JSON.stringify(wrong)} is no colour`, () => {
    assert.equal(parseHex(wrong), null);
  });
}

test("contrast is what WCAG says it is", () => {
  assert.equal(contrast(WHITE, BLACK), 21);
  assert.equal(contrast(BLACK, BLACK), 1);
  assert.equal(contrast([118, 118, 118], WHITE).toFixed(2), "4.54");
});

test("text on any colour can be read", () => {
  for (const colour of MANY) assert.ok(contrast(textOn(colour), colour) >= 4.5, toHex(colour));
});

test("any colour is made readable on light and dark", () => {
  for (const surface of [WHITE, [23, 26, 31] as Rgb]) {
    for (const colour of MANY) {
      assert.ok(contrast(readableOn(surface, colour, 4.5), surface) >= 4.5, toHex(colour));
    }
  }
});

test("a colour that is readable stays as it is", () => {
  assert.deepEqual(readableOn(WHITE, [11, 107, 93], 4.5), [11, 107, 93]);
});

test("a site's colour stays its colour; only what must be seen against the surface changes", () => {
  const rules = accentRules("#ffd400");
  assert.match(rules, /^\.root\.light\{--accent:#ffd400;--on-accent:#000000;--accent-edge:#/);
  assert.doesNotMatch(rules.split("}")[0] ?? "", /--link:#ffd400/);
});
