import { describe, expect, onTestFinished, test } from "vitest";
import { type Authenticator, connect, httpClient, REVISIONS } from "../../src/index.ts";
import { webSocketServer } from "../../src/websocket.ts";
import { httpForTest } from "../websocket/http-server.ts";
import { nextMessage, rawSocket } from "../websocket/raw-socket.ts";
import { listen, openSession } from "./eras.ts";
import { Events, type RawEvent } from "./events.ts";
import { ask, callOf, carriers, LEGACY, openSite, post, requestOf, type Site } from "./site.ts";
import { subject } from "./subject.ts";

/** One caller, whose token ends when the test says; what its requests may is in a header. */
function expiring() {
  let expiresAt: number | undefined = Date.now() + 3_600_000;
  const authenticator: Authenticator = {
    authenticate: (head) => ({
      principal: { id: "ada", scopes: (head.header("x-scopes") ?? "").split(" ") },
      expiresAt,
    }),
    insufficientScope: () => ({ status: 403 }),
  };
  return {
    authenticator,
    // One that is over already ends what it opens as soon as it is open.
    end: () => {
      expiresAt = Date.now();
    },
    never: () => {
      expiresAt = undefined;
    },
  };
}

/** Everything on a stream to its end. */
async function all(response: Response): Promise<RawEvent[]> {
  const events = new Events(response);
  const seen: RawEvent[] = [];
  for (let event = await events.next(); event; event = await events.next()) seen.push(event);
  return seen;
}

const reason = { comment: expect.stringContaining("token expired") };
const nothingOpen = (site: Site) => expect.poll(() => site.counts.streams).toBe(0);

describe.each(carriers)("a stream whose caller's token expires (%s)", (carrier) => {
  test("ends with a reason, and no result: a listen stream is to be opened again", async () => {
    const { authenticator, end } = expiring();
    await using site = await openSite(carrier, { authenticator });
    end();
    const events = await all(await listen(site, { toolsListChanged: true }));
    expect(events.at(-1)).toEqual(reason);
    expect(events.map(({ data }) => data).join()).not.toContain('"result"');
    await nothingOpen(site);
    await expect.poll(() => site.counts.calls).toBe(0);
  });

  test.each(LEGACY)("ends, and its session of %s goes on with another", async (revision) => {
    const { authenticator, end, never } = expiring();
    await using site = await openSite(carrier, { authenticator });
    const session = await openSession(site, revision);
    end();
    expect((await all(await ask(site, "GET", session))).at(-1)).toEqual(reason);
    never();
    await using again = new Events(await ask(site, "GET", session));
    site.control.changes.listChanged("tools");
    expect((await again.message()).method).toBe("notifications/tools/list_changed");
  });

  test("ends with its connection on 2024-11-05", async () => {
    const { authenticator, end } = expiring();
    await using site = await openSite(carrier, { authenticator });
    end();
    const events = await all(await ask(site, "GET", {}, "/sse"));
    expect(events.map(({ event }) => event)).toEqual(["endpoint", undefined]);
    expect(events.at(-1)).toEqual(reason);
    await expect.poll(() => site.counts.sessions).toBe(0);
  });

  test("ends for no call that began before: its answer still comes", async () => {
    const { authenticator, end } = expiring();
    await using site = await openSite(carrier, { authenticator });
    const session = await openSession(site, "2025-11-25");
    end();
    const pending = post(site, callOf("hold"), session);
    const call = await site.control.held.next();
    call.report(1);
    const events = new Events(await pending);
    expect((await events.message()).method).toBe("notifications/progress");
    call.finish("done");
    expect(await events.rest()).toMatchObject([{ result: { content: [{ text: "done" }] } }]);
  });

  test("stays open while the token lasts", async () => {
    const { authenticator } = expiring();
    await using site = await openSite(carrier, { authenticator });
    await using events = new Events(await listen(site, { toolsListChanged: true }));
    await events.message();
    site.control.changes.listChanged("tools");
    expect((await events.message()).method).toBe("notifications/tools/list_changed");
  });
});

describe.each(REVISIONS)("our client with revision %s", (revision) => {
  test("opens its streams again when the token of the old ones is over", async () => {
    let opened = 0;
    const authenticator: Authenticator = {
      authenticate(head) {
        const isStream =
          head.method === "GET" || head.header("mcp-method") === "subscriptions/listen";
        const ends = isStream && opened++ === 0;
        return { principal: { id: "ada" }, expiresAt: ends ? Date.now() + 250 : undefined };
      },
      insufficientScope: () => ({ status: 403 }),
    };
    await using site = await openSite("node", { authenticator });
    const clientInfo = { name: "test", version: "1.0.0" };
    const url = revision === "2024-11-05" ? site.url.replace("/mcp", "/sse") : site.url;
    await using client = await connect(() => httpClient(url)(), { clientInfo, revision });
    const subscription = await client.subscribe({ tools: true });
    await expect.poll(() => opened, { timeout: 10_000 }).toBeGreaterThan(1);
    await expect.poll(() => site.counts.streams).toBe(1);
    const told = subscription.next();
    site.control.changes.listChanged("tools");
    expect(await told).toEqual({ done: false, value: { kind: "list", list: "tools" } });
  });
});

describe("the rights of a client of 2024-11-05", () => {
  test("are those of the token each post comes with, not of the one that opened its stream", async () => {
    const { authenticator } = expiring();
    await using site = await openSite("node", { authenticator });
    await using events = new Events(await ask(site, "GET", { "x-scopes": "few" }, "/sse"));
    const endpoint = (await events.next())?.data ?? "";
    const send = (scopes: string, message: object) =>
      site.send(endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", "x-scopes": scopes },
        body: JSON.stringify(message),
      });
    const clientInfo = { name: "old", version: "1" };
    const params = { protocolVersion: "2024-11-05", capabilities: {}, clientInfo };
    await send("few", requestOf("initialize", params));
    await events.message();
    await send("admin", callOf("caller", {}));
    expect(JSON.stringify(await events.message())).toContain("admin");
    await send("few", callOf("caller", {}));
    expect(JSON.stringify(await events.message())).toContain("few");
  });
});

describe("a WebSocket whose caller's token expires", () => {
  async function opened() {
    const { authenticator, end } = expiring();
    const { definition, control } = subject();
    const http = await httpForTest();
    const cut = Promise.withResolvers<string>();
    const onCut = ({ message }: Error) => cut.resolve(message);
    const serving = webSocketServer(definition, http.server, { authenticator, onCut });
    onTestFinished(() => serving.close());
    return { url: http.url, control, end, cut: cut.promise, serving };
  }

  test("is closed, and the operator told why", async () => {
    const { url, end, cut, serving } = await opened();
    end();
    const web = await rawSocket(url);
    const closed = new Promise<number>((resolve) => web.once("close", resolve));
    expect(await closed).toBe(1000);
    expect(await cut).toContain("expired");
    await expect.poll(() => serving.connections).toBe(0);
  });

  test("serves while the token lasts", async () => {
    const { url } = await opened();
    const web = await rawSocket(url);
    const clientInfo = { name: "w", version: "1" };
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
    web.send(JSON.stringify(requestOf("initialize", params)));
    expect(await nextMessage(web)).toHaveProperty("result");
    web.close();
  });
});
