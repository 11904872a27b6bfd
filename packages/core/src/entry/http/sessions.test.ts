import { afterEach, expect, test, vi } from "vitest";
import { HTTP_LIMITS } from "./options.ts";
import { type Held, Sessions } from "./sessions.ts";

afterEach(() => void vi.useRealTimers());

test("a session nobody uses makes room where no timer outlives its request", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const sessions = new Sessions<Held>({ ...HTTP_LIMITS, sessions: 1 });
  const ends: string[] = [];
  const usedAt = Date.now();
  sessions.add({
    id: "first",
    owner: undefined,
    idleSince: (time) => usedAt <= time,
    close: ({ message }) => void ends.push(message),
  });
  sessions.find("first", undefined);
  expect(sessions.refusal(undefined)).toMatchObject({ status: 503 });
  vi.setSystemTime(usedAt + HTTP_LIMITS.sessionIdleMs);
  expect(sessions.refusal(undefined)).toBeUndefined();
  expect(ends).toEqual(["Nobody used the session."]);
});
