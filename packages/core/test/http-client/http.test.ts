import { describe, expect, test } from "vitest";
import { httpClient, type RequestSigner } from "../../src/index.ts";
import type { MockHttp } from "./mock-http.ts";
import { complete, discovery, legacy, modern } from "./scripts.ts";

describe("a redirect", () => {
  test("within the origin is followed with the request as it was", async () => {
    await using server = await modern({
      "server/discover": (request) =>
        request.path === "/mcp"
          ? request.answer(307, undefined, { Location: "/mcp/" })
          : request.result(discovery),
    });
    const client = await server.connect({}, { headers: { "X-Key": "secret" } });
    expect(client.server.era).toBe("modern");
    const [first, second] = server.seen;
    expect(second).toMatchObject({ method: "POST", path: "/mcp/", message: first?.message });
    expect(second?.headers["x-key"]).toBe("secret");
  });

  test("to another origin is not followed", async () => {
    await using other = await modern();
    await using server = await modern({
      "server/discover": (request) =>
        request.answer(308, undefined, { Location: `${other.url}?token=x` }),
    });
    const connecting = server.connect({ era: "auto" });
    await expect(connecting).rejects.toThrow(`redirects to ${other.url}, which is not followed`);
    await expect(connecting).rejects.not.toThrow("token");
    expect(other.seen).toEqual([]);
  });

  test.each([301, 302, 303])("with %i is not followed by what is not a GET", async (status) => {
    await using server = await modern({
      "server/discover": (request) => request.answer(status, undefined, { Location: "/else" }),
      initialize: (request) => request.answer(status, undefined, { Location: "/else" }),
    });
    await expect(server.connect()).rejects.toMatchObject({ name: "HttpError", status });
    expect(server.seen.every(({ path }) => path === "/mcp")).toBe(true);
  });

  test("in circles comes to an end", async () => {
    await using server = await modern({
      "tools/call": (request) => request.answer(307, undefined, { Location: "/mcp" }),
    });
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toThrow("redirects in circles");
    expect(server.got("tools/call")).toHaveLength(6);
  });
});

describe("a busy server", () => {
  test.each([429, 503])("that answers %i is asked again", async (status) => {
    let asked = 0;
    await using server = await modern({
      "tools/call": (request) =>
        ++asked < 3
          ? request.answer(status, undefined, { "Retry-After": "0" })
          : request.result(complete({ content: [] })),
    });
    const client = await server.connect();
    await client.callTool("a");
    expect(server.got("tools/call")).toHaveLength(3);
  });

  test("is given up after a while", async () => {
    await using server = await modern({
      "tools/call": (request) => request.answer(503, undefined, { "Retry-After": "0" }),
    });
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toMatchObject({ name: "HttpError", status: 503 });
    expect(server.got("tools/call")).toHaveLength(4);
  });

  test("that wants to be left alone for long is", async () => {
    await using server = await modern({
      "tools/call": (request) => request.answer(429, undefined, { "Retry-After": "3600" }),
    });
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toThrow("too many requests");
    expect(server.got("tools/call")).toHaveLength(1);
  });
});

describe("what is too long", () => {
  const limits = { bytes: 2000, depth: 10 };
  const long = complete({ content: [{ type: "text", text: "x".repeat(3000) }] });

  test("is not read as a body", async () => {
    await using server = await modern({ "tools/call": (request) => request.result(long) });
    const client = await server.connect({}, { limits });
    await expect(client.callTool("a")).rejects.toThrow("longer than 2000 bytes");
  });

  test("is not read as an event", async () => {
    await using server = await modern({
      "tools/call": (request) => request.stream().message(request.response(long)),
    });
    const client = await server.connect({}, { limits });
    await expect(client.callTool("a")).rejects.toThrow("longer than 2000 bytes");
    await server.got("tools/call")[0]?.hungUp;
  });

  test("is not read as a line without end", async () => {
    await using server = await modern({
      "tools/call": (request) => request.stream().raw("data: ").raw("x".repeat(5000)),
    });
    const client = await server.connect({}, { limits });
    await expect(client.callTool("a")).rejects.toThrow("longer than 2000 bytes");
  });

  test("nor is what is nested too deeply", async () => {
    await using server = await modern({
      "tools/call": (request) => request.answer(200, "[".repeat(50) + "]".repeat(50)),
    });
    const client = await server.connect({}, { limits });
    await expect(client.callTool("a")).rejects.toThrow("nested deeper than 10 levels");
  });
});

/** Signs with the number of remedies found so far. */
function counting(remedies: number) {
  const signed: string[] = [];
  const refused: unknown[] = [];
  let count = 0;
  const signer: RequestSigner = {
    async sign({ method, url }) {
      signed.push(`${method} ${url.pathname}`);
      return { Authorization: `Token ${count}` };
    },
    async refused({ status, headers, signed: was }) {
      refused.push([status, headers.get("www-authenticate"), was.Authorization]);
      return ++count <= remedies;
    },
  };
  return { signer, signed, refused };
}

const challenge = { "WWW-Authenticate": "Token" };

describe("a signer", () => {
  test("signs every request there is", async () => {
    await using server = await legacy();
    const { signer, signed } = counting(0);
    const client = await server.connect({ era: "legacy" }, { signer });
    await server.until(() => server.got("", "GET")[0]);
    await client.close();
    expect(signed.sort()).toEqual(["DELETE /mcp", "GET /mcp", "POST /mcp", "POST /mcp"]);
    for (const { headers } of server.seen) expect(headers.authorization).toBe("Token 0");
  });

  test("hears of a refusal, and the request is sent once more for each remedy", async () => {
    await using server = await modern({
      "server/discover": (request) =>
        request.headers.authorization === "Token 2"
          ? request.result(discovery)
          : request.answer(
              request.headers.authorization === "Token 0" ? 401 : 403,
              undefined,
              challenge,
            ),
    });
    const { signer, refused } = counting(9);
    await server.connect({}, { signer });
    expect(refused).toEqual([
      [401, "Token", "Token 0"],
      [403, "Token", "Token 1"],
    ]);
  });

  test("is not believed without end", async () => {
    await using server = await modern({ "server/discover": (request) => request.answer(401) });
    const { signer, refused } = counting(1000);
    await expect(server.connect({}, { signer })).rejects.toMatchObject({ status: 401 });
    expect(refused).toHaveLength(4);
  });

  test("without a remedy leaves the refusal to be told", async () => {
    await using server = await modern({
      "server/discover": (request) =>
        request.answer(403, {
          jsonrpc: "2.0",
          id: null,
          error: { code: -32000, message: "Not you." },
        }),
    });
    const { signer } = counting(0);
    await expect(server.connect({}, { signer })).rejects.toThrow(
      "(HTTP 403). Its reason: Not you.",
    );
  });

  test.each(["sign", "refused"] as const)(
    "that fails in %s has its error told as it is",
    async (where) => {
      await using server = await modern({ "server/discover": (request) => request.answer(401) });
      const failure = new Error("The user must log in.");
      const { signer } = counting(0);
      const failing = { ...signer, [where]: () => Promise.reject(failure) };
      await expect(server.connect({}, { signer: failing })).rejects.toBe(failure);
      expect(server.got("initialize")).toEqual([]);
    },
  );

  test("wins over headers given for every request, however they are spelled", async () => {
    await using server = await modern();
    const { signer } = counting(0);
    await server.connect({}, { signer, headers: { authorization: "Basic", "X-Team": "a" } });
    expect(server.seen[0]?.headers).toMatchObject({ authorization: "Token 0", "x-team": "a" });
  });
});

describe("the caller's fetch", () => {
  test("sends every request, and what it throws is the reason", async () => {
    await using server = await modern();
    const urls: string[] = [];
    const sending = async (url: URL, init: RequestInit): Promise<Response> => {
      urls.push(url.href);
      if (urls.length > 1) throw new Error("blocked by the proxy");
      return fetch(url, init);
    };
    const client = await server.connect({}, { fetch: sending });
    await expect(client.callTool("a")).rejects.toThrow("blocked by the proxy");
    expect(urls).toEqual([server.url, server.url]);
  });
});

describe("the URL of a server", () => {
  test.each([
    ["ftp://host/mcp", "http or https"],
    ["http://user:word@host/mcp", "must not hold credentials"],
    ["nonsense", "Invalid URL"],
  ])("cannot be %s", (url, reason) => {
    expect(() => httpClient(url)).toThrow(TypeError);
    expect(() => httpClient(url)).toThrow(reason);
  });
});

test("a client that was closed leaves no connection busy", async () => {
  await using server: MockHttp = await legacy({ GET: (request) => void request.stream() });
  const client = await server.connect({ era: "legacy" });
  const standing = await server.until(() => server.got("", "GET")[0]);
  await client.close();
  await standing.hungUp;
  await client.close();
  await expect(client.ping()).rejects.toThrow("closed");
});
