import { byteStreamCases } from "./byte-stream-cases.ts";
import { NearEnd } from "./near-end.ts";
import type { OpenByteStream, OpenTransport } from "./open-transport.ts";
import { transportCases } from "./transport-cases.ts";

/** What a test runner offers: the `test` of Vitest, Jest, Bun and Node all fit. */
export type DefineTest = (name: string, run: () => Promise<void>) => unknown;

/**
 * The behaviour every `Transport` must have: defines one test for each rule.
 *
 * @param name what the tests are called after
 * @param open opens a new connection with `echoPeer` at its other end
 * @param test the test runner's function for one test
 */
export function testTransport(
  name: string,
  open: () => OpenTransport | Promise<OpenTransport>,
  test: DefineTest,
): void {
  defineTests(name, transportCases, open, test);
}

/**
 * The rules of `testTransport`, and those for transports that frame messages on a byte stream: damaged and
 * endless lines, half a line, a peer that stops reading.
 */
export function testByteStream(
  name: string,
  open: () => OpenByteStream | Promise<OpenByteStream>,
  test: DefineTest,
): void {
  defineTests(name, transportCases, open, test);
  defineTests(name, byteStreamCases, open, test);
}

function defineTests<Wire extends OpenTransport>(
  name: string,
  cases: Readonly<Record<string, (near: NearEnd, wire: Wire) => Promise<void>>>,
  open: () => Wire | Promise<Wire>,
  test: DefineTest,
): void {
  for (const [rule, run] of Object.entries(cases)) {
    test(`${name} ${rule}`, async () => {
      const wire = await open();
      const near = new NearEnd(wire.transport);
      try {
        await run(near, wire);
      } finally {
        await near.transport.close();
        await wire.dispose?.();
      }
      near.checkBehaviour();
    });
  }
}
