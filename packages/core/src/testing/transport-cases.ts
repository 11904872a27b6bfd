import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import { check, checkEqual } from "./check.ts";
import type { NearEnd } from "./near-end.ts";
import { settled } from "./settled.ts";

const MIB = 1024 * 1024;
const CHARACTERS =
  'é λ 漢 🦊 \u2028\u2029 \r\n\t \0 \x7f \ufeff \ufffd \u{10ffff} \\ " lone: \ud800 \udc00';

/** The rules of `testTransport`, each on a connection of its own. */
export const transportCases: Readonly<Record<string, (near: NearEnd) => Promise<void>>> = {
  async "delivers a message as it was sent"(near) {
    const params = { text: "hello", list: [1, null, true, { deep: [] }], number: -1.5e-7 };
    checkEqual(await near.call("echo", params), { echo: params });
  },

  async "keeps the order of many messages sent at once"(near) {
    const ids = Array.from({ length: 10_000 }, () => near.request("echo"));
    await near.until(() => near.received.length >= ids.length || near.closures > 0);
    checkEqual(
      near.received.map((value) => (value as { id: number }).id),
      ids,
    );
  },

  async "carries a message of 8 MB"(near) {
    const text = "0123456789abcdef".repeat(MIB / 2);
    const { echo } = await near.call("echo", { text });
    check((echo as JsonObject).text === text, "the text came back changed");
  },

  async "carries every kind of character"(near) {
    const params = { [CHARACTERS]: CHARACTERS };
    checkEqual(await near.call("echo", params), { echo: params });
  },

  async "carries a batch as one message"(near) {
    near.transport.send([
      { jsonrpc: "2.0", id: "a", method: "echo" },
      { jsonrpc: "2.0", method: "note" },
      { jsonrpc: "2.0", id: "b", method: "echo" },
    ]);
    await near.until(() => near.received.length > 0);
    const answer = (id: string): JsonValue => ({ jsonrpc: "2.0", id, result: { echo: null } });
    checkEqual(near.received, [[answer("a"), answer("b")]]);
  },

  async "refuses a message nested too deeply and goes on"(near) {
    let params: JsonObject = {};
    for (let depth = 0; depth < 1000; depth++) params = { params };
    near.request("echo", params);
    await near.checkDamage([-32600]);
  },

  async "throws for a message that is no JSON and goes on"(near) {
    let thrown: unknown;
    try {
      near.transport.send({ jsonrpc: "2.0", method: "note", params: { size: 1n } } as never);
    } catch (error) {
      thrown = error;
    }
    check(thrown instanceof TypeError, "send did not throw a TypeError");
    await near.checkDamage([]);
    checkEqual((await near.call("seen")).messages, 3);
  },

  async "closes once when this end closes several times"(near) {
    await near.call("echo");
    await Promise.all([near.transport.close(), near.transport.close()]);
    await near.transport.close();
    check(near.closures === 1, `closed was called ${near.closures} times`);
  },

  async "closes once when the peer closes"(near) {
    near.transport.send({ jsonrpc: "2.0", method: "close" });
    await near.until(() => near.closures > 0);
    await near.transport.close();
    check(near.closures === 1, `closed was called ${near.closures} times`);
  },

  async "closes while answers are on their way"(near) {
    for (let count = 0; count < 1000; count++) near.request("echo");
    await near.until(() => near.received.length > 0);
    await near.transport.close();
    check(near.closures === 1, `closed was called ${near.closures} times`);
  },

  async "stops reading while it is paused, and then goes on where it was"(near) {
    // What never sends more than it is asked for has nothing to pause.
    if (!near.transport.pause) return;
    const text = "x".repeat(64 * 1024);
    near.transport.pause();
    const ids = Array.from({ length: 200 }, () => near.request("echo", { text }));
    await settled(() => near.received.length);
    const early = near.received.length;
    near.transport.resume?.();
    await near.until(() => near.received.length >= ids.length || near.closures > 0);
    check(early < ids.length / 2, `${early} of ${ids.length} messages came to a paused end`);
    checkEqual(
      near.received.map((value) => (value as { id: number }).id),
      ids,
    );
  },

  async "closes while it is paused"(near) {
    near.transport.pause?.();
    near.request("echo");
    await near.transport.close();
    check(near.closures === 1, `closed was called ${near.closures} times`);
  },

  async "takes a message after the end for nothing"(near) {
    await near.transport.close();
    near.request("echo");
    await near.transport.drained();
    await near.transport.close();
    check(near.received.length === 0, "a message arrived after close");
  },

  async "lets a sender that waits for drained send any amount"(near) {
    const text = "x".repeat(64 * 1024);
    for (let count = 0; count < 300; count++) {
      near.transport.send({ jsonrpc: "2.0", method: "note", params: { text } });
      await near.transport.drained();
    }
    checkEqual((await near.call("seen")).messages, 301);
  },
};
