import { expect, test } from "vitest";
import { echoPeer } from "../testing/echo-peer.ts";
import { testTransport } from "../testing/test-transport.ts";
import { memoryPair } from "./memory.ts";

testTransport(
  "memory",
  () => {
    const [near, far] = memoryPair();
    echoPeer(far);
    return { transport: near };
  },
  test,
);

test("what was sent before the peer started waits for it", async () => {
  const [left, right] = memoryPair();
  left.send({ jsonrpc: "2.0", method: "early" });
  const received = await new Promise((resolve) => {
    right.start({ message: resolve, damaged: resolve, closed: resolve });
  });
  expect(received).toEqual({ jsonrpc: "2.0", method: "early" });
});

test("what was sent before a close still arrives, and then the end", async () => {
  const [left, right] = memoryPair();
  const events: unknown[] = [];
  right.start({
    message: (value) => events.push(value),
    damaged: (error) => events.push(error),
    closed: () => events.push("closed"),
  });
  left.send({ jsonrpc: "2.0", method: "last" });
  await left.close();
  await left.drained();
  expect(events).toEqual([{ jsonrpc: "2.0", method: "last" }, "closed"]);
});

test("closing in the middle of delivery drops the rest", async () => {
  const [left, right] = memoryPair();
  const events: unknown[] = [];
  const over = new Promise<void>((resolve) => {
    right.start({
      message(value) {
        events.push(value);
        void right.close();
      },
      damaged: (error) => events.push(error),
      closed: () => resolve(),
    });
  });
  left.send({ jsonrpc: "2.0", method: "one" });
  left.send({ jsonrpc: "2.0", method: "two" });
  await over;
  expect(events).toEqual([{ jsonrpc: "2.0", method: "one" }]);
});

test("waiting for a peer that never started ends with the connection", async () => {
  const [left] = memoryPair();
  left.send({ jsonrpc: "2.0", method: "unheard" });
  const drained = left.drained();
  await left.close();
  await expect(drained).resolves.toBeUndefined();
});
