import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { JsonRpcNotification, JsonRpcRequest } from "../jsonrpc/message.ts";
import { RpcError } from "../jsonrpc/rpc-error.ts";
import { ConnectionClosed, PendingRequests, RequestTimeout } from "./pending.ts";

let sent: (JsonRpcRequest | JsonRpcNotification)[];
let pending: PendingRequests;
const send = (message: JsonRpcRequest | JsonRpcNotification) => void sent.push(message);

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  pending = new PendingRequests();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const ok = (id: number) => ({ jsonrpc: "2.0", id, result: { answer: id } }) as const;

describe("answers", () => {
  test("reach the request with their id, in whatever order they come", async () => {
    const first = pending.request(send, "a", undefined);
    const second = pending.request(send, "b", { x: 1 });
    expect(sent).toEqual([
      { jsonrpc: "2.0", id: 1, method: "a" },
      { jsonrpc: "2.0", id: 2, method: "b", params: { x: 1 } },
    ]);
    expect(pending.settle(ok(2))).toBe(true);
    expect(pending.settle(ok(1))).toBe(true);
    expect(await Promise.all([first, second])).toEqual([{ answer: 1 }, { answer: 2 }]);
    expect(pending.size).toBe(0);
  });

  test("that nobody waits for change nothing: unknown, repeated, of another type", async () => {
    const first = pending.request(send, "a", undefined);
    expect(pending.settle(ok(7))).toBe(false);
    expect(pending.settle({ jsonrpc: "2.0", id: "1", result: {} })).toBe(false);
    pending.settle(ok(1));
    expect(pending.settle(ok(1))).toBe(false);
    expect(await first).toEqual({ answer: 1 });
  });

  test("with an error reject with its code, message and data", async () => {
    const answer = pending.request(send, "a", undefined);
    pending.settle({ jsonrpc: "2.0", id: 1, error: { code: -32602, message: "no", data: [1] } });
    await expect(answer).rejects.toEqual(new RpcError(-32602, "no", [1]));
  });

  test("stay out when the connection ends: every request fails with the reason", async () => {
    const answers = [pending.request(send, "a", undefined), pending.request(send, "b", undefined)];
    const gone = new ConnectionClosed("gone");
    pending.failAll(gone);
    expect(await Promise.allSettled(answers)).toEqual([
      { status: "rejected", reason: gone },
      { status: "rejected", reason: gone },
    ]);
  });
});

describe("giving up", () => {
  test("after timeoutMs tells the peer and ignores the late answer", async () => {
    const answer = pending.request(send, "slow", undefined, { timeoutMs: 100 });
    const failed = expect(answer).rejects.toThrow(RequestTimeout);
    await vi.advanceTimersByTimeAsync(99);
    expect(pending.size).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
    expect(sent[1]).toMatchObject({
      method: "notifications/cancelled",
      params: { requestId: 1, reason: "timeout" },
    });
    expect(pending.settle(ok(1))).toBe(false);
  });

  test("by signal rejects with its reason and tells the peer", async () => {
    const controller = new AbortController();
    const answer = pending.request(send, "slow", undefined, { signal: controller.signal });
    controller.abort(new Error("changed my mind"));
    await expect(answer).rejects.toThrow("changed my mind");
    expect(sent[1]).toMatchObject({ params: { requestId: 1, reason: "changed my mind" } });
  });

  test("before sending sends nothing at all", async () => {
    const answer = pending.request(send, "slow", undefined, { signal: AbortSignal.abort() });
    await expect(answer).rejects.toThrow("aborted");
    expect(sent).toEqual([]);
  });

  test("happens at once when the params cannot be written as JSON", async () => {
    const broken = () => {
      throw new TypeError("circular");
    };
    await expect(pending.request(broken, "a", undefined)).rejects.toThrow("circular");
    expect(pending.size).toBe(0);
  });

  test("on initialize never sends a cancellation", async () => {
    const answer = pending.request(send, "initialize", undefined, { timeoutMs: 1 });
    const failed = expect(answer).rejects.toThrow(RequestTimeout);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
    expect(sent).toHaveLength(1);
  });

  test("never happens when the limit is Infinity", async () => {
    const answer = pending.request(send, "listen", undefined, {
      timeoutMs: Number.POSITIVE_INFINITY,
    });
    expect(vi.getTimerCount()).toBe(0);
    pending.settle(ok(1));
    expect(await answer).toEqual({ answer: 1 });
  });
});

describe("progress", () => {
  const report = (progress: number) => pending.progress({ progressToken: 1, progress });

  test("is asked for only when somebody listens, beside what _meta already holds", () => {
    void pending.request(send, "a", { _meta: { k: "v" } }, { timeoutMs: Number.POSITIVE_INFINITY });
    void pending.request(
      send,
      "b",
      { _meta: { k: "v" } },
      { timeoutMs: Number.POSITIVE_INFINITY, onProgress: () => {} },
    );
    expect(sent[0]?.params).toEqual({ _meta: { k: "v" } });
    expect(sent[1]?.params).toEqual({ _meta: { k: "v", progressToken: 2 } });
  });

  test("goes forward only: a report that does not increase is dropped", async () => {
    const seen: number[] = [];
    const answer = pending.request(send, "a", undefined, {
      onProgress: ({ progress }) => void seen.push(progress),
    });
    expect([1, 1, 0.5, 3].map(report)).toEqual([true, false, false, true]);
    expect(pending.progress({ progressToken: 1, progress: "4" })).toBe(false);
    expect(pending.progress({ progressToken: 9, progress: 4 })).toBe(false);
    expect(pending.progress(undefined)).toBe(false);
    expect(seen).toEqual([1, 3]);
    pending.settle(ok(1));
    await answer;
  });

  test("callback that throws ends its request with that error and nothing else", async () => {
    const answer = pending.request(send, "a", undefined, {
      onProgress() {
        throw new Error("display is gone");
      },
    });
    expect(report(1)).toBe(true);
    await expect(answer).rejects.toThrow("display is gone");
    expect(sent[1]).toMatchObject({ method: "notifications/cancelled", params: { requestId: 1 } });
  });

  test("extends the time limit up to the absolute maximum", async () => {
    const answer = pending.request(send, "a", undefined, {
      timeoutMs: 100,
      maxTotalTimeoutMs: 250,
    });
    const failed = expect(answer).rejects.toThrow("raise maxTotalTimeoutMs (now 250 ms)");
    for (const step of [1, 2]) {
      await vi.advanceTimersByTimeAsync(90);
      report(step);
    }
    await vi.advanceTimersByTimeAsync(69);
    expect(pending.size).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
  });
});
