import assert from "node:assert/strict";
import { test } from "node:test";
import { problemOf } from "../src/problem.ts";
import { after, offered, remembered, START } from "../src/state.ts";
import type { Event, State, UserLine } from "../src/state.ts";
import type { BotMessage } from "../src/wire.ts";

const bot = (id: string, ...replies: string[]): BotMessage => ({
  id,
  text: `text of ${id}`,
  quickReplies: replies.map((title) => ({ title, payload: title })),
  picture: null,
  source: null,
});
const user = (id: string, status: UserLine["status"] = "sending"): UserLine => ({
  kind: "user",
  id,
  text: id,
  title: id,
  status,
  problem: null,
});
const play = (...events: Event[]): State => events.reduce(after, START);
const ids = (state: State) => state.lines.map((line) => line.id);
const FAILED = { type: "failed", id: "q", problem: problemOf("network") } as const;

test("a question and its answers stand in order", () => {
  const state = play(
    { type: "opened" },
    { type: "sending", line: user("q") },
    { type: "answered", message: bot("a1") },
    { type: "answered", message: bot("a2") },
    { type: "finished", id: "q" },
  );
  assert.deepEqual(ids(state), ["q", "a1", "a2"]);
  assert.equal(state.writing, false);
});

test("an answer that comes twice is shown once", () => {
  const twice = { type: "answered", message: bot("a") } as const;
  assert.deepEqual(ids(play(twice, twice)), ["a"]);
});

test("answers are counted while the panel is closed, until it opens", () => {
  const closed = play({ type: "opened" }, { type: "closed" }, { type: "answered", message: bot("a") });
  assert.equal(closed.unread, 1);
  assert.equal(after(closed, { type: "opened" }).unread, 0);
});

test("a failed message is kept with its problem", () => {
  const state = play({ type: "sending", line: user("q") }, FAILED);
  const line = state.lines[0];
  assert.ok(line?.kind === "user" && line.status === "failed" && line.problem?.retry);
  assert.equal(state.writing, false);
});

test("a message sent again stands at the end, without its broken answer", () => {
  const state = play(
    { type: "sending", line: user("q") },
    { type: "answered", message: bot("half") },
    FAILED,
    { type: "sending", line: user("next") },
    { type: "answered", message: bot("a") },
    { type: "finished", id: "next" },
    { type: "sending", line: user("q") },
  );
  assert.deepEqual(ids(state), ["next", "a", "q"]);
});

test("quick replies are those of the last message, and none while an answer is written", () => {
  const asked = play({ type: "answered", message: bot("a", "old") }, { type: "sending", line: user("q") });
  assert.deepEqual(offered(asked), []);
  const answered = after(asked, { type: "answered", message: bot("b", "new") });
  assert.deepEqual(offered(answered), []);
  const done = after(answered, { type: "finished", id: "q" });
  assert.deepEqual(offered(done), [{ title: "new", payload: "new" }]);
});

test("a history follows the greeting, and what was not delivered comes last", () => {
  const lines = remembered(
    bot("greeting"),
    [
      { role: "user", id: "q", text: "q" },
      { role: "bot", ...bot("a") },
    ],
    [user("q", "failed"), user("lost", "failed")],
  );
  assert.deepEqual(lines.map((line) => line.id), ["greeting", "q", "a", "lost"]);
});

test("a history that begins with the greeting shows it once", () => {
  const entry = { role: "bot", ...bot("h1"), text: bot("greeting").text } as const;
  assert.deepEqual(remembered(bot("greeting"), [entry], []).map((line) => line.id), ["h1"]);
});

test("a lost session is told once, above the message under way", () => {
  const asked = play(
    { type: "sending", line: user("old") },
    { type: "finished", id: "old" },
    { type: "sending", line: user("q") },
    { type: "renewed" },
    { type: "renewed" },
  );
  assert.deepEqual(ids(asked), ["old", "renewed", "q"]);
});

test("a lost session is not told of when nothing had been said", () => {
  assert.deepEqual(ids(play({ type: "sending", line: user("q") }, { type: "renewed" })), ["q"]);
});

test("a restart leaves the greeting", () => {
  const state = play({ type: "sending", line: user("q") }, { type: "restarted", greeting: bot("g") });
  assert.deepEqual(ids(state), ["g"]);
  assert.equal(state.writing, false);
});
