import assert from "node:assert/strict";
import { test } from "node:test";
import { Conversation, LONGEST, lengthOf } from "../src/conversation.ts";
import { Memory } from "../src/memory.ts";
import type { State } from "../src/state.ts";

// Node has a navigator, but it does not say whether there is a network.
Object.defineProperty(navigator, "onLine", { value: true });

type Handler = (body: Record<string, unknown>, token: string | null) => Response | Promise<Response>;

const json = (content: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(content), { status, headers });
const lines = (...events: unknown[]) =>
  new Response(events.map((event) => JSON.stringify(event)).join("\n") + "\n");
const answer = (id: string) => ({ type: "message", id, text: `text of ${id}` });
const DONE = { type: "done" };

/** A server in the test: handlers by path, and what was asked of it. */
class Server {
  readonly asked: { path: string; body: Record<string, unknown>; token: string | null }[] = [];
  sessions = 0;
  handlers: Record<string, Handler> = {
    session: () => {
      this.sessions += 1;
      return json({ token: `t${this.sessions}`, greeting: { text: "Hello" } });
    },
    history: () => json({ messages: [] }),
    messages: (body) => lines(answer(`re-${String(body.text)}`), DONE),
    restart: () => json({ greeting: { text: "Again" } }),
  };

  readonly fetch: typeof fetch = async (address, init) => {
    const path = (address as URL).pathname.replace("/webhooks/web/", "");
    const body = JSON.parse(typeof init?.body === "string" ? init.body : "{}") as Record<string, unknown>;
    const token = new Headers(init?.headers).get("Authorization")?.replace("Bearer ", "") ?? null;
    this.asked.push({ path, body, token });
    const handler = this.handlers[path];
    if (handler === undefined) throw new TypeError("unknown path");
    return handler(body, token);
  };

  sent(): unknown[] {
    return this.asked.filter((one) => one.path === "messages").map((one) => one.body.id);
  }
}

function begin(memory = new Memory("k", null)) {
  const server = new Server();
  let count = 0;
  const conversation = new Conversation({
    server: new URL("https://bot.example/"),
    language: "en",
    memory,
    fetch: server.fetch,
    newId: () => `id${++count}`,
  });
  return { server, conversation, memory };
}

const told = (state: State) =>
  state.lines.map((line) => (line.kind === "note" ? line.note : line.text));
const problemOfLast = (state: State) => {
  const line = state.lines.findLast((one) => one.kind === "user");
  return line?.problem ?? null;
};

test("nothing is asked of the server before the panel opens", () => {
  assert.deepEqual(begin().server.asked, []);
});

test("a conversation begins with the greeting and goes on with answers", async () => {
  const { conversation, server } = begin();
  conversation.open();
  await conversation.connect();
  await conversation.send(" hi ");
  assert.deepEqual(told(conversation.state), ["Hello", "hi", "text of re-hi"]);
  assert.equal(server.asked.at(-1)?.token, "t1");
  assert.deepEqual(server.asked.at(-1)?.body, { id: "id1", text: "hi" });
});

test("a quick reply sends its payload and shows its title", async () => {
  const { conversation, server } = begin();
  await conversation.send("/more", "More");
  const line = conversation.state.lines[0];
  assert.ok(line?.kind === "user" && line.title === "More");
  assert.deepEqual(server.asked.at(-1)?.body, { id: "id1", text: "/more", title: "More" });
});

test("only one message is under way, and none that is empty or too long", async () => {
  const { conversation, server } = begin();
  const first = conversation.send("one");
  await Promise.all([first, conversation.send("two"), conversation.send("  ")]);
  await conversation.send("𠮷".repeat(LONGEST + 1));
  assert.deepEqual(server.sent(), ["id1"]);
  assert.equal(lengthOf("𠮷𠮷"), 2);
});

test("a message that did not arrive is kept and sent again with the same id", async () => {
  const { conversation, server, memory } = begin();
  const { messages } = server.handlers;
  server.handlers.messages = () => Promise.reject(new TypeError("refused"));
  await conversation.send("hi");
  assert.equal(problemOfLast(conversation.state)?.code, "network");
  assert.deepEqual(memory.kept.unsent, [{ id: "id1", text: "hi", title: "hi" }]);
  if (messages) server.handlers.messages = messages;
  await conversation.retry("id1");
  assert.deepEqual(told(conversation.state), ["hi", "text of re-hi"]);
  assert.deepEqual(server.sent(), ["id1", "id1"]);
  assert.deepEqual(memory.kept.unsent, []);
});

test("what was not delivered is there on the next page, with a retry", async () => {
  const memory = new Memory("k", null);
  memory.keep({ unsent: [{ id: "old", text: "hi", title: "hi" }] });
  const { conversation, server } = begin(memory);
  await conversation.connect();
  assert.deepEqual(told(conversation.state), ["Hello", "hi"]);
  await conversation.retry("old");
  assert.deepEqual(server.sent(), ["old"]);
  assert.deepEqual(memory.kept.unsent, []);
});

test("an answer that breaks off is a problem, and a retry shows it once", async () => {
  const { conversation, server } = begin();
  server.handlers.messages = () => lines(answer("a1"));
  await conversation.send("hi");
  assert.equal(problemOfLast(conversation.state)?.code, "network");
  server.handlers.messages = () => lines(answer("a1"), answer("a2"), DONE);
  await conversation.retry("id1");
  assert.deepEqual(told(conversation.state), ["hi", "text of a1", "text of a2"]);
});

test("a session that the server no longer knows is begun anew, once, and this is told", async () => {
  const { conversation, server } = begin();
  await conversation.send("one");
  const { messages } = server.handlers;
  server.handlers.messages = (body, token) =>
    token === "t1" ? json({ error: "expired" }, 401) : (messages?.(body, token) ?? lines(DONE));
  await conversation.send("two");
  assert.deepEqual(told(conversation.state), [
    "one",
    "text of re-one",
    "renewed",
    "two",
    "text of re-two",
  ]);
  assert.equal(server.sessions, 2);
});

test("a server that knows no session at all is not asked for ever", async () => {
  const { conversation, server } = begin();
  server.handlers.messages = () => json({ error: "no_session", message: "Who?" }, 401);
  await conversation.send("hi");
  assert.equal(problemOfLast(conversation.state)?.code, "no_session");
  assert.equal(server.sent().length, 2);
});

for (const [name, response] of [
  ["body", json({ error: "too_many", message: "Slowly", retry_after: 2.2 }, 429)],
  ["header", json({}, 429, { "Retry-After": "3" })],
  ["neither JSON nor header", new Response("<html>", { status: 429 })],
] as const) {
  test(`too many messages: the wait is read from the ${name}`, async () => {
    const { conversation, server } = begin();
    server.handlers.messages = () => response;
    await conversation.send("hi");
    const problem = problemOfLast(conversation.state);
    assert.equal(problem?.code, "too_many");
    assert.equal(problem.retry, true);
    assert.equal(problem.retryAfter, name === "neither JSON nor header" ? 0 : 3);
  });
}

test("an error in the middle of an answer is told with the server's words", async () => {
  const { conversation, server } = begin();
  const error = { type: "error", error: "odd", message: "It broke.", retry: false };
  server.handlers.messages = () => lines(answer("a"), error);
  await conversation.send("hi");
  const problem = problemOfLast(conversation.state);
  assert.deepEqual([problem?.code, problem?.message, problem?.retry], ["odd", "It broke.", false]);
});

test("a server that cannot be reached can be tried again", async () => {
  const { conversation, server } = begin();
  const { history } = server.handlers;
  server.handlers.history = () => new Response("", { status: 502 });
  await conversation.connect();
  assert.equal(conversation.state.connection, "failed");
  if (history) server.handlers.history = history;
  await conversation.connect();
  assert.equal(conversation.state.connection, "ready");
  assert.deepEqual(told(conversation.state), ["Hello"]);
});

test("a restart forgets everything; one that fails forgets nothing", async () => {
  const { conversation, server, memory } = begin();
  await conversation.send("hi");
  const { restart } = server.handlers;
  server.handlers.restart = () => Promise.reject(new TypeError("refused"));
  await assert.rejects(conversation.restart());
  assert.equal(conversation.state.lines.length, 2);
  if (restart) server.handlers.restart = restart;
  await conversation.restart();
  assert.deepEqual(told(conversation.state), ["Again"]);
  assert.equal(memory.kept.token, "t1");
});
