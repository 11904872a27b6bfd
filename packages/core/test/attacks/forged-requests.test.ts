import { describe, expect, test } from "vitest";
import { type Authenticator, type Call, httpHandler, type Middleware } from "../../src/index.ts";
import { modernCall, modernHeaders, modernRequest, openSession } from "../http/eras.ts";
import { exchange, RawSocket } from "../http/raw-socket.ts";
import { callOf, json, NEWEST_LEGACY, openSite, post } from "../http/site.ts";
import { subject } from "../http/subject.ts";

const statusOf = (answer: string) => Number(answer.split(" ")[1]);

/** Middleware that notes what it is asked, as a policy would judge it. */
function witness(): { readonly seen: string[]; readonly middleware: readonly Middleware[] } {
  const seen: string[] = [];
  const note: Middleware = (call: Call, next) => {
    seen.push(`${call.method} ${call.params.name ?? ""}`);
    return next(call);
  };
  return { seen, middleware: [note] };
}

const byName: Authenticator = {
  authenticate(head) {
    const id = head.header("authorization")?.replace("Bearer ", "");
    return id === undefined ? { refusal: { status: 401 } } : { principal: { id } };
  },
  insufficientScope: () => ({ status: 403 }),
};

describe("what the headers say and the body does not (T7)", () => {
  test("is refused before any policy is asked", async () => {
    const { seen, middleware } = witness();
    await using site = await openSite("node", { middleware });
    const request = modernRequest("tools/call", { name: "bug", arguments: {} });
    for (const headers of [
      modernHeaders("tools/call", "echo"),
      modernHeaders("tools/list"),
      modernHeaders("tools/call", "bug, echo"),
      { ...modernHeaders("tools/call", "bug"), "mcp-method": undefined },
    ]) {
      const answer = await post(site, request, headers);
      expect([answer.status, (await json(answer)).error]).toMatchObject([400, { code: -32020 }]);
    }
    expect(seen).toEqual([]);
  });

  test("is nothing to a session: what is judged is what is run", async () => {
    const { seen, middleware } = witness();
    await using site = await openSite("node", { middleware });
    const session = await openSession(site, NEWEST_LEGACY);
    seen.length = 0;
    const claims = { ...session, "mcp-method": "tools/list", "mcp-name": "echo" };
    expect(await json(await post(site, callOf("caller"), claims))).toMatchObject({
      result: { content: [{ text: "null" }] },
    });
    expect(seen).toEqual(["tools/call caller"]);
  });

  test("is refused when one header comes twice, whichever of the two is true", async () => {
    const { seen, middleware } = witness();
    await using site = await openSite("node", { middleware });
    const body = JSON.stringify(modernRequest("tools/call", { name: "bug", arguments: {} }));
    for (const [first, second] of [
      ["bug", "echo"],
      ["echo", "bug"],
      ["bug", "bug"],
    ]) {
      const head = [
        "POST /mcp HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        "MCP-Protocol-Version: 2026-07-28",
        "Mcp-Method: tools/call",
        `Mcp-Name: ${first}`,
        `Mcp-Name: ${second}`,
      ];
      expect(statusOf(await exchange(site.url, head, body))).toBe(400);
    }
    expect(seen).toEqual([]);
  });
});

describe("a request that hides another", () => {
  const hidden = JSON.stringify(modernRequest("tools/call", { name: "echo", arguments: {} }));

  test.each([
    ["two lengths", ["Content-Length: 4", `Content-Length: ${hidden.length}`]],
    ["a length and chunks", [`Content-Length: ${hidden.length}`, "Transfer-Encoding: chunked"]],
    ["chunks under another name", ["Transfer-Encoding: chunked, identity"]],
    ["a length that is none", ["Content-Length: 0x10"]],
    ["a space before the colon", [`Content-Length : ${hidden.length}`]],
    ["a header continued on the next line", ["X-One: a", ` Content-Length: ${hidden.length}`]],
    ["a NUL", ["X-One: a\0b", `Content-Length: ${hidden.length}`]],
  ])("by %s is refused, and nothing of it runs", async (_, headers) => {
    const { seen, middleware } = witness();
    await using site = await openSite("node", { middleware });
    using socket = new RawSocket(site.url);
    const lines = ["Host: localhost", "Content-Type: application/json", ...headers];
    socket.head("POST /mcp HTTP/1.1", ...lines);
    socket.write(hidden);
    expect(statusOf(await socket.ended)).toBe(400);
    expect(seen).toEqual([]);
  });

  test("behind its end is a request of its own, judged as one", async () => {
    await using site = await openSite("node", { authenticator: byName });
    using socket = new RawSocket(site.url);
    const head = ["POST /mcp HTTP/1.1", "Host: localhost", "Content-Type: application/json"];
    socket.head(...head, "Authorization: Bearer ada", "Content-Length: 2");
    socket.write("{}");
    socket.head(...head, "Connection: close", `Content-Length: ${hidden.length}`);
    socket.write(hidden);
    const answers = (await socket.ended).match(/HTTP\/1\.1 \d+/g);
    expect(answers).toEqual(["HTTP/1.1 400", "HTTP/1.1 401"]);
  });
});

describe("an identity that nobody vouches for (T9, T10)", () => {
  const forged = {
    "x-forwarded-user": "root",
    "x-remote-user": "root",
    "x-authenticated-userid": "root",
    "x-forwarded-for": "127.0.0.1",
    "x-real-ip": "127.0.0.1",
    "x-user-id": "root",
    cookie: "user=root",
    from: "root@localhost",
  };

  test("is nobody's, whatever headers say so", async () => {
    await using site = await openSite("node");
    expect(await (await modernCall(site, "caller", {}, forged)).text()).toContain('"text":"null"');
  });

  test("does not replace the one that was established", async () => {
    await using site = await openSite("node", { authenticator: byName });
    const headers = { ...forged, authorization: "Bearer ada" };
    expect(await (await modernCall(site, "caller", {}, headers)).text()).toContain("ada");
    expect((await modernCall(site, "caller", {}, forged)).status).toBe(401);
  });

  test.each(["/mcp/", "/mcp/root", "//mcp", "/./mcp", "/x/../mcp", "/%6dcp", "/mcp%00", "/MCP"])(
    "is not in the path, and no spelling of it leads around the question who calls: %s",
    async (path) => {
      const { seen, middleware } = witness();
      await using site = await openSite("node", { authenticator: byName, middleware });
      const body = JSON.stringify(modernRequest("tools/list"));
      const head = [
        `POST ${path} HTTP/1.1`,
        "Host: localhost",
        "Content-Type: application/json",
        "MCP-Protocol-Version: 2026-07-28",
        "Mcp-Method: tools/list",
      ];
      expect(statusOf(await exchange(site.url, head, body))).toBe(404);
      expect(seen).toEqual([]);
    },
  );

  test("is not asked of a mounted handler either, which has no path of its own", async () => {
    const { seen, middleware } = witness();
    const handler = httpHandler(subject().definition, { authenticator: byName, middleware });
    for (const path of ["/", "/anything", "/a/sse", "/a/messages?sessionId=1"]) {
      const request = new Request(`http://localhost${path}`, { method: "POST", body: "{}" });
      expect((await handler.fetch(request)).status).toBe(401);
    }
    expect(seen).toEqual([]);
    await handler.close();
  });
});

describe("a name that a page made its own (T1)", () => {
  test.each([
    ["X-Forwarded-Host", "localhost"],
    ["X-Host", "localhost"],
    ["X-Original-Host", "localhost"],
    ["Forwarded", "host=localhost"],
    ["X-Forwarded-Server", "localhost"],
  ])("stays foreign whatever %s says", async (name, value) => {
    await using site = await openSite("node");
    const head = [
      "POST /mcp HTTP/1.1",
      "Host: evil.example",
      "Content-Type: application/json",
      `${name}: ${value}`,
    ];
    expect(statusOf(await exchange(site.url, head, "{}"))).toBe(403);
  });

  test.each([
    "",
    "localhost@evil.example",
    "localhost evil.example",
    "127.0.0.1.",
    "0x7f.1",
    "127.1",
  ])("is not taken for this machine: %j", async (host) => {
    await using site = await openSite("node");
    const head = ["POST /mcp HTTP/1.1", `Host: ${host}`, "Content-Type: application/json"];
    expect([400, 403]).toContain(statusOf(await exchange(site.url, head, "{}")));
  });

  test("may not be left out", async () => {
    await using site = await openSite("node");
    const old = ["POST /mcp HTTP/1.0", "Content-Type: application/json"];
    expect(statusOf(await exchange(site.url, old, "{}"))).toBe(403);
    const head = ["POST /mcp HTTP/1.1", "Content-Type: application/json"];
    expect(statusOf(await exchange(site.url, head, "{}"))).toBe(400);
  });
});
