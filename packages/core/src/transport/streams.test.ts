import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { MESSAGE_LIMITS } from "../jsonrpc/codec.ts";
import { type StreamTransportOptions, streamTransport } from "./streams.ts";

/** A started transport with a record of what it delivered. */
function open(options: Partial<StreamTransportOptions> = {}) {
  const input = new PassThrough();
  const output = options.output ?? new PassThrough();
  const transport = streamTransport({ input, ...options, output });
  const events: unknown[] = [];
  const closed = new Promise<Error | undefined>((resolve) => {
    transport.start({
      message: (value) => events.push(value),
      damaged: (error) => events.push(error.message),
      closed(reason) {
        events.push("closed");
        resolve(reason);
      },
    });
  });
  return { transport, input, output, events, closed };
}

/** An output that takes nothing until it is told to. */
function stuck() {
  let go: () => void = () => {};
  const output = new Writable({
    write(_chunk, _encoding, done) {
      go = done;
    },
  });
  return { output, go: () => go() };
}

const large = { jsonrpc: "2.0", method: "note", params: { text: "x".repeat(100_000) } } as const;
const small = { jsonrpc: "2.0", method: "note" } as const;

test("a line over the given limit is refused", async () => {
  const { input, events, closed } = open({ limits: { ...MESSAGE_LIMITS, bytes: 20 } });
  input.end(`["${"x".repeat(20)}"]\n[1]\n`);
  await closed;
  expect(events).toEqual([
    "The message is longer than 20 bytes; send less in one message.",
    [1],
    "closed",
  ]);
});

test("an input that fails ends the connection with the reason", async () => {
  const { input, events, closed } = open();
  input.destroy(Object.assign(new Error("secret detail"), { code: "ECONNRESET" }));
  expect((await closed)?.message).toBe("The connection to the peer broke (ECONNRESET).");
  expect(events).toEqual(["closed"]);
});

test("an output that fails ends the connection at once, or lets the input end when half open", async () => {
  const failing = () => new Writable({ write: (_chunk, _encoding, done) => done(new Error("no")) });
  const whole = open({ output: failing() });
  whole.transport.send(small);
  expect(await whole.closed).toBeInstanceOf(Error);

  const half = open({ output: failing(), halfOpen: true });
  half.transport.send(small);
  await new Promise((resolve) => half.output.once("close", resolve));
  half.input.end("[1]\n");
  expect(await half.closed).toBeUndefined();
  expect(half.events).toEqual([[1], "closed"]);
});

test("a sender waits while the output is stuck and goes on when it is not", async () => {
  const { output, go } = stuck();
  const { transport } = open({ output });
  transport.send(large);
  const waiting = transport.drained();
  const first = await Promise.race([waiting.then(() => "drained"), Promise.resolve("waiting")]);
  expect(first).toBe("waiting");
  go();
  await expect(waiting).resolves.toBeUndefined();
});

test("closing lets a waiting sender go although the output stays stuck", async () => {
  const { output } = stuck();
  const { transport, events } = open({ output, release: () => {} });
  transport.send(large);
  const waiting = transport.drained();
  await transport.close();
  await expect(waiting).resolves.toBeUndefined();
  expect(events).toEqual(["closed"]);
});

test("closing writes what was sent in the same turn", async () => {
  const { transport, output } = open();
  transport.send(small);
  await transport.close();
  expect((output as PassThrough).read().toString()).toBe(`${JSON.stringify(small)}\n`);
});
