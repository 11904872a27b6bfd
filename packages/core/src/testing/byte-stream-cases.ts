import { check, checkEqual } from "./check.ts";
import type { NearEnd } from "./near-end.ts";
import type { OpenByteStream } from "./open-transport.ts";
import { settled } from "./settled.ts";

const MIB = 1024 * 1024;
const bytes = (text: string) => new TextEncoder().encode(text);

type Case = (near: NearEnd, wire: OpenByteStream) => Promise<void>;

/** The rules of `testByteStream` beyond those of `testTransport`. */
export const byteStreamCases: Readonly<Record<string, Case>> = {
  async "takes a message in pieces, with CRLF, blank lines and a byte order mark"(near, wire) {
    const message = bytes(
      '\r\n \t\r\n\ufeff{"jsonrpc":"2.0","id":"é漢🦊","method":"echo"}\r\n\n{"jsonrpc":',
    );
    for (const byte of message) await wire.writeRaw(Uint8Array.of(byte));
    await wire.writeRaw(bytes('"2.0","id":2,"method":"echo"}\n'));
    await near.until(() => near.received.length === 2 || near.closures > 0);
    const ids = near.received.map((value) => (value as { id: unknown }).id);
    checkEqual(ids, ["é漢🦊", 2]);
  },

  async "reports each line that is no message and goes on"(near, wire) {
    await wire.writeRaw(bytes('not json\n{"a":\n\n \r\n'));
    await wire.writeRaw(Uint8Array.of(0x22, 0xff, 0xc0, 0x22, 0x0a));
    await near.checkDamage([-32700, -32700, -32700]);
  },

  async "refuses a message nested 10,000 deep and goes on"(near, wire) {
    await wire.writeRaw(bytes(`${"[".repeat(10_000)}${"]".repeat(10_000)}\n`));
    await near.checkDamage([-32600]);
  },

  async "refuses a line of 300 MB without keeping it"(near, wire) {
    const before = (await near.call("seen")).peakMemory as number;
    const chunk = new Uint8Array(MIB).fill(0x61);
    for (let sent = 0; sent < 300; sent++) await wire.writeRaw(chunk);
    await wire.writeRaw(bytes("\n"));
    await near.checkDamage([-32600]);
    const grown = ((await near.call("seen")).peakMemory as number) - before;
    // The limit on a message, twice while its buffer grows, and what is not collected yet; never the line.
    check(grown < 150 * MIB, `the peer's memory grew by ${Math.round(grown / MIB)} MB`);
  },

  async "takes half a line before the end for no message"(near, wire) {
    await near.call("echo");
    await wire.writeRaw(bytes('{"jsonrpc":"2.0","id":"half","method":"echo","params":{"a":'));
    wire.endRaw();
    await near.until(() => near.closures > 0);
    check(near.received.length === 1, "half a message was answered");
  },

  async "holds a sender that waits for drained while the peer does not read"(near, wire) {
    await near.call("echo");
    const resume = wire.stall();
    const text = "x".repeat(MIB);
    let sent = 0;
    const sending = (async () => {
      for (; sent < 100; sent++) {
        near.transport.send({ jsonrpc: "2.0", method: "note", params: { text } });
        await near.transport.drained();
      }
    })();
    await settled(() => sent);
    const held = sent;
    resume();
    await sending;
    check(held < 20, `${held} MB were taken for a peer that reads nothing`);
    checkEqual((await near.call("seen")).messages, 102);
  },

  async "closes although the peer does not read"(near, wire) {
    await near.call("echo");
    const resume = wire.stall();
    near.request("echo", { text: "x".repeat(8 * MIB) });
    await near.transport.close();
    resume();
    check(near.closures === 1, `closed was called ${near.closures} times`);
  },
};
