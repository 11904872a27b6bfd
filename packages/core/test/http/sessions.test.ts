import { describe, expect, test, vi } from "vitest";
import type { Authenticator, JsonObject } from "../../src/index.ts";
import { openSession } from "./eras.ts";
import {
  ask,
  callOf,
  carriers,
  json,
  LEGACY,
  NEWEST_LEGACY,
  openSite,
  post,
  requestOf,
} from "./site.ts";

const echo = (text: string) => callOf("echo", { text });

/** Takes the bearer token for the name of the caller. */
const byName: Authenticator = {
  authenticate(head) {
    const id = head.header("authorization")?.replace("Bearer ", "");
    return id === undefined ? { refusal: { status: 401 } } : { principal: { id } };
  },
  insufficientScope: () => ({ status: 403 }),
};
const as = (name: string) => ({ authorization: `Bearer ${name}` });

describe.each(carriers)("a session over %s", (carrier) => {
  test.each(["2024-11-05", ...LEGACY])("serves %s", async (revision) => {
    await using site = await openSite(carrier);
    const session = await openSession(site, revision);
    const response = await post(site, echo("x"), session);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await json(response)).toMatchObject({ result: { content: [{ text: "x" }] } });
  });

  test("answers errors of its requests with 200, as they are answers", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const response = await post(site, requestOf("nothing/here"), session);
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({ error: { code: -32601 } });
  });

  test("accepts notifications and responses with 202 and nothing else", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    for (const message of [
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: 77, result: {} },
    ]) {
      const response = await post(site, message, session);
      expect([response.status, await response.text()]).toEqual([202, ""]);
    }
  });

  test("has an id that nobody can guess, another each time", async () => {
    await using site = await openSite(carrier);
    const ids = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await openSession(site, NEWEST_LEGACY))["mcp-session-id"],
      ),
    );
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[\x21-\x7e]{32,}$/);
  });

  test("takes no id from a client: what it names is not opened", async () => {
    await using site = await openSite(carrier);
    const fixed = { "mcp-session-id": "11111111-1111-4111-8111-111111111111" };
    const session = await openSession(site, NEWEST_LEGACY, {}, fixed);
    expect(session["mcp-session-id"]).not.toBe(fixed["mcp-session-id"]);
    expect((await post(site, echo("x"), fixed)).status).toBe(404);
  });

  test("is needed: without one 400, with one that is gone 404", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    expect((await post(site, echo("x"))).status).toBe(400);
    expect((await ask(site, "DELETE", session)).status).toBe(204);
    expect((await post(site, echo("x"), session)).status).toBe(404);
    expect((await ask(site, "GET", session)).status).toBe(404);
    expect((await ask(site, "DELETE", session)).status).toBe(404);
    expect(site.counts.sessions).toBe(0);
  });

  test("that could not be opened leaves nothing behind", async () => {
    await using site = await openSite(carrier);
    const response = await post(site, requestOf("initialize", { protocolVersion: "2025-11-25" }));
    expect(response.headers.get("mcp-session-id")).toBeNull();
    expect(await json(response)).toMatchObject({ error: { code: -32602 } });
    expect(site.counts.sessions).toBe(0);
  });

  test("ends its running calls when it is deleted", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const pending = post(site, callOf("hold"), session);
    const call = await site.control.held.next();
    await ask(site, "DELETE", session);
    await call.aborted;
    expect((await pending).status).toBe(202);
  });

  test("does not cancel a call whose client hangs up: it must say so", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const client = new AbortController();
    const request = callOf("hold");
    const gone = post(site, request, session, client.signal).catch(() => {});
    const call = await site.control.held.next();
    client.abort();
    await (carrier === "node" ? gone : undefined);
    const params = { requestId: request.id, reason: "enough" };
    await post(site, { jsonrpc: "2.0", method: "notifications/cancelled", params }, session);
    expect(await call.aborted).toMatchObject({ message: expect.stringContaining("enough") });
  });

  test("runs no more calls at once than the server may, though they come as one batch", async () => {
    await using site = await openSite(carrier, { limits: { calls: 2 } });
    const session = await openSession(site, "2025-03-26");
    const batch = [callOf("hold"), callOf("hold"), callOf("hold")];
    const answering = post(site, batch, session);
    const calls = [await site.control.held.next(), await site.control.held.next()];
    expect(site.counts.calls).toBe(2);
    expect((await post(site, echo("one more"), session)).status).toBe(503);
    for (const call of calls) call.finish("done");
    const answers = (await (await answering).json()) as JsonObject[];
    expect(answers.filter(({ result }) => result !== undefined)).toHaveLength(2);
    expect(answers.filter(({ error }) => error !== undefined)).toMatchObject([
      { error: { message: expect.stringContaining("2 requests are running already") } },
    ]);
    expect((await post(site, echo("again"), session)).status).toBe(200);
  });

  test("refuses a second request with an id that still runs", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const request = callOf("hold");
    const first = post(site, request, session);
    const call = await site.control.held.next();
    expect(await json(await post(site, request, session))).toMatchObject({
      error: { code: -32600 },
    });
    call.finish("first");
    expect(await json(await first)).toMatchObject({ result: { content: [{ text: "first" }] } });
  });
});

describe("the version header of a session", () => {
  test.each([
    [undefined, 200],
    ["2025-03-26", 200],
    ["2025-11-25", 200],
    ["1999-01-01", 400],
    ["nonsense", 400],
  ])("%s is answered with %i", async (version, status) => {
    await using site = await openSite("node");
    const session = await openSession(site, NEWEST_LEGACY);
    const headers = { ...session, "mcp-protocol-version": version };
    expect((await post(site, echo("x"), headers)).status).toBe(status);
  });
});

describe("a batch over HTTP", () => {
  test("is answered as one in 2025-03-26", async () => {
    await using site = await openSite("node");
    const session = await openSession(site, "2025-03-26");
    const note = { jsonrpc: "2.0", method: "notifications/anything" };
    const response = await post(site, [echo("a"), note, requestOf("ping"), 5], session);
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(3);
  });

  test("of nothing to answer is accepted with 202", async () => {
    await using site = await openSite("node");
    const session = await openSession(site, "2025-03-26");
    const note = { jsonrpc: "2.0", method: "notifications/anything" };
    expect((await post(site, [note, note], session)).status).toBe(202);
  });

  test("streams when one of its calls does", async () => {
    await using site = await openSite("node");
    const session = await openSession(site, "2025-03-26");
    const text = await (await post(site, [echo("a"), callOf("count")], session)).text();
    const [first, second, responses] = [...text.matchAll(/^data: (.+)$/gm)].map(([, data = ""]) =>
      JSON.parse(data),
    );
    expect([first.method, second.method]).toEqual(Array(2).fill("notifications/progress"));
    expect(responses).toHaveLength(2);
  });

  test.each(["2025-06-18", "2025-11-25"])("is refused in %s", async (revision) => {
    await using site = await openSite("node");
    const session = await openSession(site, revision);
    expect((await post(site, [echo("a")], session)).status).toBe(400);
  });

  test("that holds initialize opens no session", async () => {
    await using site = await openSite("node");
    expect((await post(site, [requestOf("initialize", {})])).status).toBe(400);
    expect(site.counts.sessions).toBe(0);
  });
});

describe.each(carriers)("a session and who may use it (%s)", (carrier) => {
  test("is unknown to everybody but its owner", async () => {
    await using site = await openSite(carrier, { authenticator: byName });
    const ada = await openSession(site, NEWEST_LEGACY, {}, as("ada"));
    const stolen = { ...ada, ...as("eve") };
    expect((await post(site, echo("x"), stolen)).status).toBe(404);
    expect((await ask(site, "GET", stolen)).status).toBe(404);
    expect((await ask(site, "GET", { ...stolen, "last-event-id": "1-0" })).status).toBe(404);
    expect((await ask(site, "DELETE", stolen)).status).toBe(404);
    expect((await post(site, echo("x"), ada)).status).toBe(200);
  });

  test("is refused with the authenticator's answer when nobody is known", async () => {
    await using site = await openSite(carrier, { authenticator: byName });
    const session = await openSession(site, NEWEST_LEGACY, {}, as("ada"));
    expect((await post(site, echo("x"), { ...session, authorization: undefined })).status).toBe(
      401,
    );
  });
});

describe("too many sessions", () => {
  test("of one caller are refused with 429, others go on", async () => {
    const limits = { sessionsPerPrincipal: 2 };
    await using site = await openSite("node", { authenticator: byName, limits });
    const [first] = [
      await openSession(site, NEWEST_LEGACY, {}, as("eve")),
      await openSession(site, NEWEST_LEGACY, {}, as("eve")),
    ];
    const params = {
      protocolVersion: NEWEST_LEGACY,
      capabilities: {},
      clientInfo: { name: "x", version: "1" },
    };
    const third = await post(site, requestOf("initialize", params), as("eve"));
    expect([third.status, third.headers.get("retry-after")]).toEqual([429, "60"]);
    await openSession(site, NEWEST_LEGACY, {}, as("ada"));
    await ask(site, "DELETE", first);
    await openSession(site, NEWEST_LEGACY, {}, as("eve"));
  });

  test("take the room of those that were never used, and are refused with 503 when all are in use", async () => {
    await using site = await openSite("node", { limits: { sessions: 3 } });
    const used = [await openSession(site, NEWEST_LEGACY), await openSession(site, NEWEST_LEGACY)];
    const params = {
      protocolVersion: NEWEST_LEGACY,
      capabilities: {},
      clientInfo: { name: "x", version: "1" },
    };
    const initialize = () => post(site, requestOf("initialize", params));
    for (let n = 0; n < 50; n++) expect((await initialize()).status).toBe(200);
    expect(site.counts.sessions).toBe(3);
    for (const session of used) expect((await post(site, echo("x"), session)).status).toBe(200);
    await openSession(site, NEWEST_LEGACY);
    expect((await initialize()).status).toBe(503);
  });

  test("that are opened and left, a hundred thousand of them, cost no more than the limit", async () => {
    await using site = await openSite("fetch", { limits: { sessions: 100 } });
    const used = await openSession(site, NEWEST_LEGACY);
    const clientInfo = { name: "x", version: "1" };
    const params = { protocolVersion: NEWEST_LEGACY, capabilities: {}, clientInfo };
    let refused = 0;
    for (let n = 0; n < 100_000; n++) {
      const { status } = await post(site, requestOf("initialize", params));
      if (status !== 200) refused++;
    }
    expect(refused).toBe(0);
    expect(site.counts.sessions).toBe(100);
    expect((await post(site, echo("x"), used)).status).toBe(200);
  }, 120_000);

  test("that were abandoned end by themselves", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    try {
      await using site = await openSite("fetch", { limits: { sessionIdleMs: 1_000 } });
      const abandoned = await openSession(site, NEWEST_LEGACY);
      const listening = await openSession(site, NEWEST_LEGACY);
      const running = await openSession(site, NEWEST_LEGACY);
      const stream = await ask(site, "GET", listening);
      const pending = post(site, callOf("hold"), running);
      const call = await site.control.held.next();
      vi.advanceTimersByTime(2_000);
      expect(site.counts.sessions).toBe(2);
      expect((await post(site, echo("x"), abandoned)).status).toBe(404);
      await stream.body?.cancel();
      call.finish("done");
      await pending;
      vi.advanceTimersByTime(2_000);
      expect(site.counts.sessions).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
