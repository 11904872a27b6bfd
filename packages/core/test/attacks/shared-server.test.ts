import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { modernHeaders, openSession } from "../http/eras.ts";
import { Events } from "../http/events.ts";
import {
  ask,
  callOf,
  type Headers,
  json,
  LEGACY,
  NEWEST_LEGACY,
  openSite,
  post,
  requestOf,
  type Site,
} from "../http/site.ts";
import { meta } from "../server/raw-client.ts";

const FORM = { elicitation: { form: {} } };

/** Calls `echo` with an id that everybody uses, and gives what came back. */
async function echoed(site: Site, text: string, headers: Headers, own: JsonObject = {}) {
  const params = { name: "echo", arguments: { text }, ...own };
  const answer = await json(await post(site, requestOf("tools/call", params, 1), headers));
  expect(answer.id).toBe(1);
  return ((answer.result as JsonObject).content as JsonObject[])[0]?.text;
}

describe("clients of one server (T2)", () => {
  test("get their own answers only, with the same ids in flight in every era at once", async () => {
    await using site = await openSite("node");
    const modern = modernHeaders("tools/call", "echo");
    const sessions = await Promise.all(
      Array.from({ length: 30 }, (_, n) => openSession(site, LEGACY[n % 3] ?? NEWEST_LEGACY)),
    );
    const texts = Array.from({ length: 300 }, (_, n) => `for ${n}`);
    const heard = await Promise.all(
      texts.map((text, n) =>
        n % 2 === 0
          ? echoed(site, text, modern, { _meta: meta() })
          : echoed(site, text, sessions[n % 30] ?? {}),
      ),
    );
    expect(heard).toEqual(texts);
  });
});

describe("a question that a call asks its client (T4)", () => {
  /** Ada has a call that waits for her answer. */
  async function asked(site: Site) {
    const ada = await openSession(site, NEWEST_LEGACY, FORM);
    const events = new Events(await post(site, callOf("sure"), ada));
    const question = await events.message();
    expect(question.method).toBe("elicitation/create");
    return { ada, events, question };
  }
  const answer = (id: unknown, action: string) => ({
    jsonrpc: "2.0",
    id,
    result: { action, content: {} },
  });

  test("is not answered from another session, whoever guesses its id", async () => {
    await using site = await openSite("node");
    const { ada, events, question } = await asked(site);
    const eve = await openSession(site, NEWEST_LEGACY, FORM);
    await post(site, answer(question.id, "accept"), eve);
    await post(site, answer(question.id, "accept"), modernHeaders("elicitation/create"));
    await post(site, answer(question.id, "decline"), ada);
    expect(await events.rest()).toMatchObject([{ result: { content: [{ text: "decline" }] } }]);
  });

  test("is not answered twice", async () => {
    await using site = await openSite("node");
    const { ada, events, question } = await asked(site);
    await post(site, answer(question.id, "decline"), ada);
    await post(site, answer(question.id, "accept"), ada);
    expect(await events.rest()).toMatchObject([{ result: { content: [{ text: "decline" }] } }]);
  });

  test("is not cancelled from another session", async () => {
    await using site = await openSite("node");
    const { ada, events, question } = await asked(site);
    const eve = await openSession(site, NEWEST_LEGACY, FORM);
    for (let requestId = 0; requestId < 20; requestId++) {
      const params = { requestId };
      await post(site, { jsonrpc: "2.0", method: "notifications/cancelled", params }, eve);
    }
    await post(site, answer(question.id, "accept"), ada);
    expect(await events.rest()).toMatchObject([{ result: { content: [{ text: "accept" }] } }]);
  });
});

describe("a session id (T4)", () => {
  async function openSse(site: Site, query = ""): Promise<{ id: string; events: Events }> {
    const events = new Events(await ask(site, "GET", {}, `/sse${query}`));
    const { data = "" } = (await events.next()) ?? {};
    return { id: new URL(data, "http://localhost").searchParams.get("sessionId") ?? "", events };
  }

  test("of one transport is unknown to the other", async () => {
    await using site = await openSite("node");
    const session = await openSession(site, NEWEST_LEGACY);
    const sse = await openSse(site);
    const message = requestOf("ping");
    const stolen = { ...session, "mcp-session-id": sse.id };
    expect((await post(site, message, stolen)).status).toBe(404);
    const path = `/messages?sessionId=${session["mcp-session-id"]}`;
    const init = { method: "POST", headers: { "content-type": "application/json" } };
    const posted = await site.send(path, { ...init, body: JSON.stringify(message) });
    expect(posted.status).toBe(404);
    await sse.events[Symbol.asyncDispose]();
  });

  test("cannot be chosen by who opens it, or left behind for a victim to use", async () => {
    await using site = await openSite("node");
    const chosen = "0".repeat(36);
    const sse = await openSse(site, `?sessionId=${chosen}`);
    expect([sse.id.length > 20, sse.id]).not.toEqual([true, chosen]);
    const session = await openSession(site, NEWEST_LEGACY, {}, { "mcp-session-id": chosen });
    expect(session["mcp-session-id"]).not.toBe(chosen);
    expect((await post(site, requestOf("ping"), { "mcp-session-id": chosen })).status).toBe(404);
    await sse.events[Symbol.asyncDispose]();
  });

  test.each(["__proto__", "constructor", "toString", "%00", "*", "../1", "a".repeat(8_000)])(
    "that is a trick is as unknown as any other: %s",
    async (id) => {
      await using site = await openSite("node");
      await openSession(site, NEWEST_LEGACY);
      const headers = { "mcp-session-id": id };
      expect((await post(site, requestOf("ping"), headers)).status).toBe(404);
      expect((await ask(site, "GET", headers)).status).toBe(404);
      expect((await ask(site, "DELETE", headers)).status).toBe(404);
      expect(site.counts.sessions).toBe(1);
    },
  );
});
