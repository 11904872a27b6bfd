import { describe, expect, test } from "vitest";
import { openSession } from "./eras.ts";
import { Events } from "./events.ts";
import {
  ask,
  callOf,
  carriers,
  type Headers,
  LEGACY,
  NEWEST_LEGACY,
  openSite,
  post,
  type Site,
} from "./site.ts";

const FORM = { elicitation: {} };

async function streamOf(site: Site, session: Headers, lastEventId?: string): Promise<Events> {
  const response = await ask(site, "GET", { ...session, "last-event-id": lastEventId });
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "text/event-stream",
  ]);
  return new Events(response);
}

describe.each(carriers)("the stream of a legacy call (%s)", (carrier) => {
  test.each(LEGACY)("carries what goes before its response, with ids, on %s", async (revision) => {
    await using site = await openSite(carrier);
    const session = await openSession(site, revision);
    const response = await post(site, callOf("count"), session);
    const text = await response.text();
    const ids = [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(text.match(/"method":"notifications\/progress"/g)).toHaveLength(2);
    expect(text).toContain('"result"');
  });

  test("primes clients of 2025-11-25 to come back, and older ones not", async () => {
    await using site = await openSite(carrier);
    for (const revision of LEGACY) {
      const session = await openSession(site, revision);
      await using events = new Events(await post(site, callOf("count"), session));
      const first = await events.next();
      expect(first?.data === "").toBe(revision === NEWEST_LEGACY);
    }
  });

  test("asks the client what the handler asks, and takes the answer from another post", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY, FORM);
    await using events = new Events(await post(site, callOf("sure"), session));
    const question = await events.message();
    expect(question.method).toBe("elicitation/create");
    const answer = { jsonrpc: "2.0", id: question.id, result: { action: "decline" } };
    expect((await post(site, answer, session)).status).toBe(202);
    expect(await events.rest()).toMatchObject([{ result: { content: [{ text: "decline" }] } }]);
  });

  test("keeps the streams of two calls apart", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const [a, b] = [post(site, callOf("hold"), session), post(site, callOf("hold"), session)];
    const [first, second] = [await site.control.held.next(), await site.control.held.next()];
    second.report(1);
    first.finish("first");
    second.finish("second");
    const both = await Promise.all([a, b].map(async (one) => (await one).text()));
    expect(both.filter((text) => text.includes("notifications/progress"))).toHaveLength(1);
    expect(both.filter((text) => text.includes('"first"'))).toHaveLength(1);
  });
});

describe.each(carriers)("the stream of a session (%s)", (carrier) => {
  test("carries what belongs to no call, on one stream only", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    await using older = await streamOf(site, session);
    await using newer = await streamOf(site, session);
    site.control.changes.listChanged("tools");
    expect((await newer.message()).method).toBe("notifications/tools/list_changed");
    await newer[Symbol.asyncDispose]();
    await expect.poll(() => site.counts.streams).toBe(1);
    site.control.changes.listChanged("prompts");
    site.control.changes.listChanged("resources");
    expect((await older.message()).method).toBe("notifications/resources/list_changed");
  });

  test("tells at its opening what changed before, once", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    for (let n = 0; n < 5; n++) site.control.changes.listChanged("tools");
    site.control.changes.listChanged("resources");
    await using events = await streamOf(site, session);
    expect((await events.message()).method).toBe("notifications/tools/list_changed");
    expect((await events.message()).method).toBe("notifications/resources/list_changed");
  });

  test("is not shared between sessions", async () => {
    await using site = await openSite(carrier);
    const [ours, theirs] = [
      await openSession(site, NEWEST_LEGACY),
      await openSession(site, NEWEST_LEGACY),
    ];
    await post(
      site,
      { jsonrpc: "2.0", id: "s", method: "resources/subscribe", params: { uri: "memo://one" } },
      ours,
    );
    await using our = await streamOf(site, ours);
    await using their = await streamOf(site, theirs);
    site.control.changes.resourceUpdated("memo://one");
    site.control.changes.listChanged("tools");
    expect((await our.message()).method).toBe("notifications/resources/updated");
    expect((await their.message()).method).toBe("notifications/tools/list_changed");
  });

  test("is refused to a client that takes no events", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    expect((await ask(site, "GET", { ...session, accept: "application/json" })).status).toBe(406);
  });

  test("takes what a call without a stream has to ask", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY, FORM);
    await using events = await streamOf(site, session);
    const response = post(site, callOf("sure"), { ...session, accept: "application/json" });
    const question = await events.message();
    await post(
      site,
      { jsonrpc: "2.0", id: question.id, result: { action: "accept", content: {} } },
      session,
    );
    expect(await (await response).json()).toMatchObject({
      result: { content: [{ text: "accept" }] },
    });
  });
});

describe.each(carriers)("a broken stream (%s)", (carrier) => {
  test("goes on after the last event its client has", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const pending = post(site, callOf("hold"), session);
    const call = await site.control.held.next();
    for (const step of [1, 2]) call.report(step);
    const broken = new Events(await pending);
    const { id = "" } = await broken.messageEvent();
    await broken[Symbol.asyncDispose]();
    await expect.poll(() => site.counts.streams).toBe(0);
    call.report(3);
    await using resumed = await streamOf(site, session, id);
    expect((await resumed.message()).params).toMatchObject({ progress: 2 });
    expect((await resumed.message()).params).toMatchObject({ progress: 3 });
    call.finish("late");
    expect(await resumed.rest()).toMatchObject([{ result: { content: [{ text: "late" }] } }]);
  });

  test("has its answer still when the call ended meanwhile", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const pending = post(site, callOf("hold"), session);
    const call = await site.control.held.next();
    call.report(1);
    const broken = new Events(await pending);
    const { id = "" } = await broken.messageEvent();
    await broken[Symbol.asyncDispose]();
    call.finish("while away");
    await using resumed = await streamOf(site, session, id);
    expect(await resumed.rest()).toMatchObject([{ result: { content: [{ text: "while away" }] } }]);
  });

  test("of the session itself goes on as well", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const broken = await streamOf(site, session);
    const primed = (await broken.next())?.id ?? "";
    await broken[Symbol.asyncDispose]();
    await expect.poll(() => site.counts.streams).toBe(0);
    site.control.changes.listChanged("tools");
    await using resumed = await streamOf(site, session, primed);
    expect((await resumed.message()).method).toBe("notifications/tools/list_changed");
  });

  test("is not another one: an event of a different stream brings nothing of this", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const [a, b] = [
      post(site, callOf("count"), session),
      post(site, callOf("echo", { text: "secret" }), session),
    ];
    const { id = "" } = await new Events(await a).messageEvent();
    await (await b).text();
    await using resumed = await streamOf(site, session, id);
    expect(JSON.stringify(await resumed.rest())).not.toContain("secret");
  });

  test.each(["", "1", "1-", "-1", "1-99", "999-0", "1-0x", "__proto__-0"])(
    "cannot go on after an event that never was: %s",
    async (id) => {
      await using site = await openSite(carrier);
      const session = await openSession(site, NEWEST_LEGACY);
      await (await post(site, callOf("count"), session)).text();
      expect((await ask(site, "GET", { ...session, "last-event-id": id })).status).toBe(400);
    },
  );

  test("of another session is out of reach", async () => {
    await using site = await openSite(carrier);
    const [ours, theirs] = [
      await openSession(site, NEWEST_LEGACY),
      await openSession(site, NEWEST_LEGACY),
    ];
    const { id = "" } = await new Events(await post(site, callOf("count"), ours)).messageEvent();
    expect((await ask(site, "GET", { ...theirs, "last-event-id": id })).status).toBe(400);
  });
});

describe.each(carriers)("polling (%s)", (carrier) => {
  test("hangs up with a time to wait, and answers when the client comes back", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const pending = post(site, callOf("hold"), session);
    const call = await site.control.held.next();
    call.hangUp(25);
    const events = new Events(await pending);
    const priming = await events.next();
    expect(priming).toMatchObject({ data: "", id: expect.any(String) });
    expect(await events.next()).toEqual({ retry: "25" });
    expect(await events.next()).toBeUndefined();
    await using resumed = await streamOf(site, session, priming?.id);
    call.finish("polled");
    expect(await resumed.rest()).toMatchObject([{ result: { content: [{ text: "polled" }] } }]);
  });

  test.each(["2025-03-26", "2025-06-18"])(
    "is not for %s: the connection stays",
    async (revision) => {
      await using site = await openSite(carrier);
      const session = await openSession(site, revision);
      const pending = post(site, callOf("hold"), session);
      const call = await site.control.held.next();
      call.hangUp(25);
      call.finish("held");
      expect(await (await pending).text()).toContain("held");
    },
  );
});
