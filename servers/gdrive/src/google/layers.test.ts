import type { Outgoing, Send } from "@portico/remote-api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { awaitTurn, limitsAs429 } from "./layers.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const request = { url: new URL("https://drive.example/"), method: "GET" } as Outgoing;
const tooFast = (headers = {}) =>
  Response.json({ error: { errors: [{ reason: "rateLimitExceeded" }] } }, { status: 403, headers });

test("a pause nobody names doubles from round to round, until something is served", async () => {
  let answer = () => tooFast();
  const send = limitsAs429()(async () => answer());
  const pauses: (string | null)[] = [];
  for (let round = 0; round < 6; round++) {
    // Those who are refused together wait equally long.
    for (let i = 0; i < 2; i++) pauses.push((await send(request)).headers.get("retry-after"));
    vi.advanceTimersByTime(20_000);
  }
  expect(pauses.map(Number)).toEqual([1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 16, 16]);
  answer = () => Response.json({});
  await send(request);
  answer = tooFast;
  expect((await send(request)).headers.get("retry-after")).toBe("1");
});

test("the pause Google names is kept", async () => {
  const send = limitsAs429()(async () => tooFast({ "retry-after": "7" }));
  const { status, headers } = await send(request);
  expect([status, headers.get("retry-after")]).toEqual([429, "7"]);
});

test("a refusal for another reason stays what it is, and can be read", async () => {
  const body = { error: { errors: [{ reason: "domainPolicy" }] } };
  const send = limitsAs429()(async () => Response.json(body, { status: 403 }));
  const response = await send(request);
  expect([response.status, await response.json()]).toEqual([403, body]);
});

test("nobody waits for a turn that comes after patience ends", async () => {
  const answers = [1, 1, 100].map((seconds) => ({ "retry-after": String(seconds) }));
  const next: Send = async () => new Response(null, { status: 429, headers: answers.shift()! });
  const { headers } = await awaitTurn(60_000)(next)(request);
  expect(headers.get("retry-after")).toBe("100");
});
