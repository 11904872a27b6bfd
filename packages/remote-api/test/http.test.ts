import { once } from "node:events";
import { expect, test, vi } from "vitest";
import {
  asFetch,
  boundedFetch,
  cache,
  followRedirects,
  type Layer,
  layered,
  limitSize,
  limitTime,
  pace,
  RemoteError,
  retry,
  sendByFetch,
} from "../src/index.ts";
import { service } from "./service.ts";

const through = (...layers: Layer[]) => asFetch(layered(sendByFetch, layers));
const impatient = { firstPauseMs: 1 };

test("an answer that is too large is refused, whether it says its size or not", async () => {
  await using one = await service((request, response) => {
    if (request.url === "/said") response.setHeader("content-length", 2_000);
    response.write("x".repeat(1_000));
    response.end("x".repeat(1_000));
  });
  const fetch = through(limitSize(1_500));
  await expect(fetch(new URL("said", one.url))).rejects.toThrow("larger than 1500 bytes");
  const unsaid = await fetch(new URL("unsaid", one.url));
  await expect(unsaid.text()).rejects.toThrow("larger than 1500 bytes");
  expect(await (await through(limitSize(2_000))(one.url)).text()).toHaveLength(2_000);
});

test("a service that does not answer is given up in one sentence, a missing one told apart", async () => {
  await using silent = await service(() => {});
  const error = await through(limitTime(20))(new URL("secret?q=1", silent.url)).catch((e) => e);
  expect(error).toBeInstanceOf(RemoteError);
  expect(error.message).toBe(`${silent.url.host} did not answer within 0.02 s; try again later.`);
  const { url } = silent;
  await silent[Symbol.asyncDispose]();
  await expect(through(limitTime(1_000))(url)).rejects.toThrow("cannot be reached (ECONNREFUSED)");
});

test("an answer that breaks off or stalls half-way is said to, in one sentence", async () => {
  await using one = await service((request, response) => {
    response.writeHead(200, { "content-length": 10 }).write("half");
    if (request.url === "/breaks") setImmediate(() => response.destroy());
  });
  const broken = await through(limitTime(10_000))(new URL("breaks", one.url));
  const error = await broken.text().catch((e) => e);
  expect(error).toBeInstanceOf(RemoteError);
  expect(error.message).toContain(`${one.url.host} broke off its answer (`);
  const stalled = await through(limitTime(50))(new URL("stalls", one.url));
  await expect(stalled.text()).rejects.toThrow("did not answer within 0.05 s");
});

test("a caller's abort reaches the socket while the body arrives", async () => {
  await using one = await service((_, response) => void response.write("half"));
  const abort = new AbortController();
  const response = await through(limitSize(100), limitTime(10_000))(one.url, {
    signal: abort.signal,
  });
  const reading = expect(response.text()).rejects.toThrow("enough");
  const closed = once(one.requests[0]!.socket, "close");
  abort.abort(new Error("enough"));
  await reading;
  await closed;
});

test("a caller's abort reaches the socket", async () => {
  await using silent = await service(() => {});
  const abort = new AbortController();
  const answer = through(
    retry(impatient),
    pace(),
    limitTime(10_000),
  )(silent.url, {
    signal: abort.signal,
  });
  const refused = expect(answer).rejects.toThrow("enough");
  await expect.poll(() => silent.requests.length).toBe(1);
  const closed = once(silent.requests[0]!.socket, "close");
  abort.abort(new Error("enough"));
  await refused;
  await closed;
  expect(silent.requests).toHaveLength(1);
});

test("what was not served for the moment is sent again, what may have been done is not", async () => {
  const answers = [503, 429, 200];
  await using one = await service((_, response) =>
    response.writeHead(answers.shift() ?? 500).end(),
  );
  expect((await through(retry(impatient))(one.url, { method: "POST", body: "x" })).status).toBe(
    200,
  );
  expect(one.requests).toHaveLength(3);
  expect((await through(retry(impatient))(one.url, { method: "POST" })).status).toBe(500);
  expect(one.requests).toHaveLength(4);
  expect((await through(retry({ ...impatient, retries: 2 }))(one.url)).status).toBe(500);
  expect(one.requests).toHaveLength(7);
});

test("a pause longer than anybody waits is left to the caller", async () => {
  await using one = await service((_, response) =>
    response.writeHead(429, { "retry-after": "3600" }).end(),
  );
  const answer = await through(retry(impatient))(one.url);
  expect(answer.headers.get("retry-after")).toBe("3600");
  expect(one.requests).toHaveLength(1);
});

test("a redirect to another host is refused, or followed without credentials", async () => {
  await using other = await service((_, response) => response.end("there"));
  await using one = await service((request, response) => {
    const to = request.url === "/away" ? other.url.href : "/here";
    if (request.url === "/here") response.end("here");
    else response.writeHead(302, { location: to }).end();
  });
  const headers = { authorization: "Bearer s", "x-key": "s", accept: "text/plain" };
  const strict = through(followRedirects());
  expect(await (await strict(new URL("near", one.url), { headers })).text()).toBe("here");
  expect(one.requests.at(-1)!.headers.authorization).toBe("Bearer s");
  await expect(strict(new URL("away", one.url), { headers })).rejects.toThrow(
    "nothing was sent there",
  );
  expect(other.requests).toHaveLength(0);

  const open = through(followRedirects({ secretHeaders: ["x-key"], allows: () => true }));
  expect(await (await open(new URL("away", one.url), { headers })).text()).toBe("there");
  const { authorization, "x-key": key, accept } = other.requests[0]!.headers;
  expect({ authorization, key, accept }).toEqual({ accept: "text/plain" });
  await expect(open(new URL("away", one.url), { method: "POST" })).rejects.toThrow(
    "redirects a POST",
  );
});

test("a circle of redirects ends", async () => {
  await using one = await service((_, response) =>
    response.writeHead(302, { location: "/" }).end(),
  );
  await expect(through(followRedirects())(one.url)).rejects.toThrow("in a circle");
});

test("an answer is asked for once more only to hear that it still holds, and by its own credential", async () => {
  await using one = await service((request, response) => {
    response.setHeader("etag", '"1"');
    if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
    else response.end(`for ${request.headers.authorization}`);
  });
  const fetch = through(cache());
  const as = async (name: string) => {
    const answer = await fetch(one.url, { headers: { authorization: name } });
    return [answer.status, await answer.text()];
  };
  expect(await as("ann")).toEqual([200, "for ann"]);
  expect(await as("ann")).toEqual([200, "for ann"]);
  expect(await as("bob")).toEqual([200, "for bob"]);
  expect(one.requests.map(({ headers }) => headers["if-none-match"])).toEqual([
    undefined,
    '"1"',
    undefined,
  ]);
});

test("a fresh answer is not asked for again, and the cache keeps its bounds", async () => {
  await using one = await service((request, response) =>
    response.end(`${request.url}`.padEnd(100)),
  );
  const fetch = through(cache({ freshMs: 60_000, mostBytes: 450 }));
  for (const path of ["a", "a", "b", "c", "d", "e", "a"]) {
    await (await fetch(new URL(path, one.url))).text();
  }
  expect(one.requests.map(({ url }) => url)).toEqual(["/a", "/b", "/c", "/d", "/e", "/a"]);
});

test("what nobody is to store is kept only where that was said", async () => {
  await using one = await service((_, response) =>
    response.setHeader("cache-control", "no-store").end("text"),
  );
  for (const rules of [{}, { keepsUnstorable: true }]) {
    const fetch = through(cache({ freshMs: 60_000, ...rules }));
    for (let i = 0; i < 2; i++) expect(await (await fetch(one.url)).text()).toBe("text");
  }
  expect(one.requests).toHaveLength(3);
});

test("what was forgotten is asked for anew, and so is what was on its way meanwhile", async () => {
  const arrived: (() => void)[] = [];
  await using one = await service((request, response) => {
    if (request.url === "/slow") arrived.push(() => response.end("slow"));
    else response.end("quick");
  });
  const kept = cache({ freshMs: 60_000 });
  const fetch = through(kept);
  const ask = async (path: string) => (await fetch(new URL(path, one.url))).text();
  await ask("quick");
  const slow = ask("slow");
  await vi.waitUntil(() => arrived.length === 1);
  kept.forget();
  arrived[0]!();
  expect(await slow).toBe("slow");
  expect(await ask("quick")).toBe("quick");
  const again = ask("slow");
  await vi.waitUntil(() => arrived.length === 2);
  arrived[1]!();
  expect([await again, await ask("slow"), await ask("quick")]).toEqual(["slow", "slow", "quick"]);
  expect(one.requests.map(({ url }) => url)).toEqual(["/quick", "/slow", "/quick", "/slow"]);
});

test("200 calls at once to a service that takes few are all served, in order", async () => {
  const limit = 100;
  const served: number[] = [];
  let begun: number[] = [];
  await using one = await service((request, response) => {
    const now = performance.now();
    begun = begun.filter((at) => now - at < 1_000);
    const remaining = limit - begun.length;
    response.setHeader("x-ratelimit-limit", `${limit}, 15000`);
    response.setHeader("x-ratelimit-remaining", `${Math.max(0, remaining - 1)}, 9000`);
    response.setHeader("x-ratelimit-reset", "1, 100000");
    if (remaining <= 0) return response.writeHead(429).end();
    begun.push(now);
    served.push(Number(request.url!.slice(1)));
    response.end();
  });
  const fetch = through(retry(impatient), pace({ concurrency: 20, perSecond: limit }));
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => fetch(new URL(String(index), one.url))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
  const displaced = served.map((call, place) => Math.abs(call - place));
  expect(Math.max(...displaced)).toBeLessThan(limit);
});

test("who gives up while waiting leaves the queue to the others", async () => {
  await using one = await service((_, response) => response.end());
  const fetch = through(pace({ concurrency: 1 }));
  const abort = new AbortController();
  const first = fetch(one.url);
  const second = fetch(one.url, { signal: abort.signal });
  const third = fetch(one.url);
  abort.abort();
  await expect(second).rejects.toThrow("aborted");
  expect((await Promise.all([first, third])).map(({ status }) => status)).toEqual([200, 200]);
  expect(one.requests).toHaveLength(2);
});

test("a small request is sent again where it was not served, and to no other host", async () => {
  let refusals = 1;
  await using one = await service((request, response) => {
    if (request.url === "/away") response.writeHead(302, { location: "https://evil.example/" });
    else if (refusals-- > 0) response.writeHead(503, { "retry-after": "0" });
    response.end("x".repeat(request.url === "/large" ? 300_000 : 10));
  });
  const fetch = boundedFetch();
  expect((await fetch(new URL("token", one.url), { method: "POST", body: "a=b" })).status).toBe(
    200,
  );
  expect(one.requests).toHaveLength(2);
  await expect(fetch(new URL("away", one.url))).rejects.toThrow("redirects to evil.example");
  await expect(fetch(new URL("large", one.url))).rejects.toThrow("larger than");
});
