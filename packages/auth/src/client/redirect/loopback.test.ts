import { request } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { type LoopbackOptions, loopback } from "./loopback.ts";

const AUTHORIZE = new URL("https://as.example/authorize?state=expected");

async function opened(options: LoopbackOptions = {}, known: readonly string[] = []) {
  const redirect = await loopback({ openBrowser: () => {}, ...options }).open(known);
  onTestFinished(() => redirect.close());
  return redirect;
}

/** A browser's GET, with a Host header of one's choice. */
function get(url: string, host?: string, method = "GET") {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const outgoing = request(url, { method, ...(host && { headers: { host } }) }, (response) => {
    response.resume();
    response.on("end", () => resolve(response.statusCode));
  });
  outgoing.on("error", reject);
  outgoing.end();
  return promise;
}

test("the user is received at a loopback address, at a port that was free", async () => {
  const { uri } = await opened();
  expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
});

test("the browser is shown the page, and what it comes back with is handed on", async () => {
  const shown: string[] = [];
  const redirect = await opened({
    openBrowser: async (url) => {
      shown.push(url.href);
      expect(await get(`${redirect.uri}?code=abc&state=expected`)).toBe(200);
    },
  });
  const arrival = await redirect.visit(AUTHORIZE);
  expect(shown).toEqual([AUTHORIZE.href]);
  expect(arrival.searchParams.get("code")).toBe("abc");
});

describe("a request that is not the one awaited is turned away, and the user is still received:", () => {
  test.each([
    ["no state", "/callback?code=evil", undefined, "GET"],
    ["another state", "/callback?code=evil&state=guessed", undefined, "GET"],
    ["another path", "/other?code=evil&state=expected", undefined, "GET"],
    ["another host", "/callback?code=evil&state=expected", "evil.example", "GET"],
    ["another method", "/callback?code=evil&state=expected", undefined, "POST"],
  ])("%s", async (_, target, host, method) => {
    const redirect = await opened();
    const arrival = redirect.visit(AUTHORIZE);
    expect(await get(new URL(target, redirect.uri).href, host, method)).toBe(404);
    expect(await get(`${redirect.uri}?code=good&state=expected`)).toBe(200);
    expect((await arrival).searchParams.get("code")).toBe("good");
  });
});

test("only the first of two that come back is taken", async () => {
  const redirect = await opened();
  const arrival = redirect.visit(AUTHORIZE);
  expect(await get(`${redirect.uri}?code=good&state=expected`)).toBe(200);
  expect(await get(`${redirect.uri}?code=late&state=expected`)).toBe(404);
  expect((await arrival).searchParams.get("code")).toBe("good");
});

describe("the address a client is registered with", () => {
  test("is the one the user comes back to", async () => {
    const registered = new URL("http://localhost/oauth2callback");
    const redirect = await opened({ registered });
    expect(redirect.uri).toMatch(/^http:\/\/localhost:\d+\/oauth2callback$/);
    const { host, port, pathname } = new URL(redirect.uri);
    const arrival = redirect.visit(AUTHORIZE);
    expect(await get(`http://127.0.0.1:${port}${pathname}?code=a&state=expected`, host)).toBe(200);
    expect((await arrival).searchParams.get("code")).toBe("a");
  });

  test.each([
    "https://127.0.0.1/x",
    "http://evil.example/x",
    "http://0.0.0.0/x",
    "http://localhost/x?y",
  ])("is refused when it is %s", (address) => {
    expect(() => loopback({ registered: new URL(address) })).toThrow("this machine");
  });
});

test("a user who does not come back in time is given up", async () => {
  const redirect = await opened({ timeout: 1 });
  await expect(redirect.visit(AUTHORIZE)).rejects.toThrow("Nobody came back");
});

test("a caller who gives up is not kept waiting", async () => {
  const redirect = await opened();
  const giveUp = new AbortController();
  const arrival = redirect.visit(AUTHORIZE, giveUp.signal);
  giveUp.abort(new Error("enough"));
  await expect(arrival).rejects.toThrow("enough");
});

test("a browser that cannot be opened ends the visit", async () => {
  const redirect = await opened({
    openBrowser: () => {
      throw new Error("no display");
    },
  });
  await expect(redirect.visit(AUTHORIZE)).rejects.toThrow("no display");
});

describe("the port", () => {
  test("of a registration is used again", async () => {
    const first = await loopback().open([]);
    await first.close();
    expect((await opened({}, [first.uri])).uri).toBe(first.uri);
  });

  test("of a registration is left alone when somebody else has it", async () => {
    const { uri } = await opened();
    expect((await opened({}, [uri])).uri).not.toBe(uri);
  });

  test("that was asked for and is taken is an error", async () => {
    const { uri } = await opened();
    const taken = loopback({ port: Number(new URL(uri).port) }).open([]);
    await expect(taken).rejects.toThrow("is taken");
  });
});
