import type { Octokit } from "@octokit/rest";
import { RemoteError } from "@portico/remote-api";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { clients } from "./client.ts";

type Answer = () => Response | Promise<Response>;

const served: Answer = () => Response.json({});
const refused =
  (status: number, headers = {}): Answer =>
  () =>
    Response.json({ message: "No" }, { status, headers });

/** The plugins take some turns of the event loop, of a millisecond each, for what takes no time. */
const TICK_MS = 100;
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds + TICK_MS / 2);

let made = 0;

/** A GitHub that answers one after the other what it is given, and all else with success. */
function gitHub(...answers: Answer[]) {
  const clientFor = clients({ baseUrl: "https://api.github.com", userAgent: "test" });
  /** What was asked, and when, in milliseconds since the beginning. */
  const asked: [what: string, at: number][] = [];
  const began = Date.now();
  const as = (identity: string, signal = new AbortController().signal) =>
    clientFor({
      async fetch(url, init) {
        init?.signal?.throwIfAborted();
        const what = `${init?.method} ${new URL(url).pathname}`;
        asked.push([what, Math.floor((Date.now() - began) / TICK_MS) * TICK_MS]);
        return (answers.shift() ?? served)();
      },
      signal,
      identity,
      secrets: new Set(),
    });
  const identity = `nobody ${made++}`;
  return { asked, as, client: (signal?: AbortSignal) => as(identity, signal) };
}

const times = (asked: readonly (readonly [string, number])[]) => asked.map(([, at]) => at);

const place = { owner: "o", repo: "r" };
const label = (octokit: Octokit, name: string) =>
  octokit.rest.issues.createLabel({ ...place, name });
const read = (octokit: Octokit) => octokit.rest.repos.get(place);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("requests are spaced as GitHub asks", () => {
  test("writes are a second apart, in the order they came, also those of different calls", async () => {
    const { asked, client } = gitHub();
    const writes = ["a", "b", "c"].map((name) => label(client(), name));
    await pass(2_000);
    await Promise.all(writes);
    expect(times(asked)).toEqual([0, 1_000, 2_000]);
  });

  test("a write begins only once the one before it is answered", async () => {
    const slow = Promise.withResolvers<Response>();
    const { asked, client } = gitHub(() => slow.promise);
    const octokit = client();
    const writes = ["a", "b"].map((name) => label(octokit, name));
    await pass(60_000);
    expect(asked).toHaveLength(1);
    slow.resolve(Response.json({}));
    await pass(0);
    await Promise.all(writes);
    expect(asked).toHaveLength(2);
  });

  test("what notifies people is three seconds apart, and searches are two", async () => {
    const { asked, client } = gitHub();
    const { rest } = client();
    const comment = { ...place, issue_number: 1, body: "b" };
    const all = [
      rest.issues.createComment(comment),
      rest.issues.createComment(comment),
      rest.search.repos({ q: "a" }),
      rest.search.repos({ q: "b" }),
    ];
    await pass(3_000);
    await Promise.all(all);
    const comments = "POST /repos/o/r/issues/1/comments";
    const search = "GET /search/repositories";
    expect(asked).toEqual([
      [search, 0],
      [comments, 0],
      [search, 2_000],
      [comments, 3_000],
    ]);
  });

  test("each identity has a space of its own", async () => {
    const { asked, as } = gitHub();
    const writes = ["one", "two"].map((name) => label(as(`${name} ${made++}`), name));
    await pass(0);
    await Promise.all(writes);
    expect(times(asked)).toEqual([0, 0]);
  });

  test("reads and queries of GraphQL are not spaced", async () => {
    const { asked, client } = gitHub();
    const octokit = client();
    const reads = Array.from({ length: 5 }, () => read(octokit));
    const asking = Array.from({ length: 5 }, () =>
      octokit.request("POST /graphql", { data: { query: "{ a }" } }),
    );
    await pass(0);
    await Promise.all([...reads, ...asking]);
    expect(times(asked)).toEqual(Array.from({ length: 10 }, () => 0));
  });
});

describe("what is given up", () => {
  test("is told at once, is never sent, and takes no time of those behind it", async () => {
    const { asked, client } = gitHub();
    const first = label(client(), "first");
    const cancel = new AbortController();
    const given = Array.from({ length: 20 }, () =>
      label(client(cancel.signal), "given up").catch(({ name }) => name),
    );
    const last = label(client(), "last");
    await pass(500);
    cancel.abort();
    await pass(0);
    expect(new Set(await Promise.all(given))).toEqual(new Set(["AbortError"]));
    // One of them had its second already, and its three when it would have notified; no more than that is lost.
    await pass(1_500);
    await Promise.all([first, last]);
    expect(times(asked)).toEqual([0, 2_000]);
  });

  test("is not sent again after a pause", async () => {
    const { asked, client } = gitHub(refused(503, { "retry-after": "20" }));
    const cancel = new AbortController();
    const reading = read(client(cancel.signal)).catch(({ name }) => name);
    await pass(1_000);
    cancel.abort();
    expect(await reading).toBe("AbortError");
    await pass(60_000);
    expect(asked).toHaveLength(1);
  });
});

describe("what GitHub could not serve", () => {
  const failing = [refused(502), refused(500), refused(503)];

  test("is asked for again three times, after pauses that grow", async () => {
    const { asked, client } = gitHub(...failing);
    const reading = read(client());
    await pass(10_000);
    expect((await reading).status).toBe(200);
    const [at = 0, ...later] = times(asked);
    const pauses = later.map((time, index) => time - ([at, ...later][index] ?? 0));
    // Half to one and a half times 500, 1,000 and 2,000 ms.
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(250 * 2 ** index - TICK_MS);
      expect(pause).toBeLessThanOrEqual(750 * 2 ** index + TICK_MS);
    }
    expect(pauses).toHaveLength(3);
  });

  test("is asked for again no sooner than GitHub says", async () => {
    const { asked, client } = gitHub(refused(503, { "retry-after": "7" }));
    const reading = read(client());
    await pass(6_900);
    expect(asked).toHaveLength(1);
    await pass(1_000);
    await reading;
    expect(asked).toHaveLength(2);
  });

  test("is told when it lasts", async () => {
    const { asked, client } = gitHub(...failing, refused(502));
    const reading = read(client()).catch(({ message }) => message);
    await pass(10_000);
    expect(await reading).toBe("GitHub cannot answer now (No); try again later.");
    expect(asked).toHaveLength(4);
  });

  test("is told at once when GitHub asks to wait longer than half a minute", async () => {
    const { asked, client } = gitHub(refused(503, { "retry-after": "31" }));
    const reading = read(client()).catch(({ message }) => message);
    await pass(0);
    expect(await reading).toMatch(/^GitHub cannot answer now/);
    expect(asked).toHaveLength(1);
  });

  test.each(["POST /repos/o/r/labels", "PUT /a", "PATCH /a", "DELETE /a", "POST /graphql"])(
    "is never sent again when it is %s, which may have been done",
    async (route) => {
      const { asked, client } = gitHub(refused(502));
      const writing = client()
        .request(route)
        .catch(({ status }) => status);
      await pass(60_000);
      expect([await writing, asked.length]).toEqual([502, 1]);
    },
  );

  test("is asked for again when it is a query of GraphQL", async () => {
    const { asked, client } = gitHub(refused(502));
    const asking = client().request("POST /graphql", { data: { query: "{ a }" } });
    await pass(1_000);
    await asking;
    expect(asked).toHaveLength(2);
  });

  test.each([
    [2, "unreachable"],
    [1, "too-large"],
    [1, "timeout"],
    [1, "redirect"],
  ] as const)("is sent %i times when there was no answer: %s", async (times, failure) => {
    const { asked, client } = gitHub(() => Promise.reject(new RemoteError(failure, "Why.")));
    const reading = read(client()).catch(({ message }) => message);
    await pass(10_000);
    await reading;
    expect(asked).toHaveLength(times);
  });

  test.each([400, 401, 403, 404, 409, 410, 422, 429, 451])(
    "is not what %i says",
    async (status) => {
      const { asked, client } = gitHub(refused(status));
      const reading = read(client()).catch((error) => error.status);
      await pass(60_000);
      expect([await reading, asked.length]).toEqual([status, 1]);
    },
  );
});

test("a limit that an answer to a mutation tells of is said as any other", async () => {
  const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }];
  const { asked, client } = gitHub(() => Response.json({ errors }));
  const writing = client()
    .request("POST /graphql")
    .catch(({ message }) => message);
  await pass(60_000);
  expect(await writing).toBe("GitHub's rate limit is reached; try again later.");
  expect(asked).toHaveLength(1);
});
