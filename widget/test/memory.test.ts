import assert from "node:assert/strict";
import { test } from "node:test";
import { Flag, Memory } from "../src/memory.ts";
import type { Box } from "../src/memory.ts";

class Shelf implements Box {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

const forbidden: Box = {
  getItem: () => {
    throw new Error("forbidden");
  },
  setItem: () => {
    throw new Error("full");
  },
  removeItem: () => {
    throw new Error("forbidden");
  },
};

test("what is kept is there for the next page", () => {
  const shelf = new Shelf();
  new Memory("k", shelf).keep({ token: "t" });
  assert.deepEqual(new Memory("k", shelf).kept, { token: "t", unsent: [] });
  assert.equal(new Memory("other", shelf).kept.token, null);
});

test("keeping one value leaves the other", () => {
  const memory = new Memory("k", new Shelf());
  memory.keep({ unsent: [{ id: "1", text: "a", title: "a" }] });
  memory.keep({ token: "t" });
  assert.equal(memory.kept.unsent.length, 1);
});

for (const [name, box] of [["no storage", null], ["forbidden storage", forbidden]] as const) {
  test(`with ${name} values live as long as the page`, () => {
    const memory = new Memory("k", box);
    memory.keep({ token: "t" });
    assert.equal(memory.kept.token, "t");
    const flag = new Flag("f", box);
    flag.change(true);
    assert.equal(flag.set, false);
  });
}

for (const odd of ["{", "[]", "5", "null", '{"token":5,"unsent":"x"}', '{"unsent":[{"id":1}]}']) {
  test(`storage that holds ${odd} counts as empty`, () => {
    const shelf = new Shelf();
    shelf.setItem("k", odd);
    assert.deepEqual(new Memory("k", shelf).kept, { token: null, unsent: [] });
  });
}
