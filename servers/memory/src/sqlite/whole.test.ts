import { describe, expect, test } from "vitest";
import { isWhole, type Observation } from "./whole.ts";

/** How a database of some pages of 4,096 bytes looks. */
function database(pages: number, size = pages * 4096, log = 0): Observation {
  const head = Buffer.alloc(100);
  head.write("SQLite format 3\0", "latin1");
  head.writeUInt16BE(4096, 16);
  head.writeUInt32BE(pages, 28);
  return { head, size, log: [log, log] };
}

/** How a file looks whose head was read before anything was in it. */
const begun: Observation = { head: Buffer.alloc(100), size: 4096, log: [0, 0] };

/** The verdict on a file that looks one way after the other, and then like the last. */
function verdict(...looks: readonly [Observation, ...Observation[]]): Promise<boolean> {
  let next = 0;
  return isWhole("", async () => looks[Math.min(next++, looks.length - 1)] as Observation);
}

describe("a file", () => {
  test("is whole when it is empty, or has the pages its head counts", async () => {
    expect(await verdict({ head: Buffer.alloc(100), size: 0, log: [0, 0] })).toBe(true);
    expect(await verdict(database(3))).toBe(true);
  });

  test("is damaged when it stays without a head, or shorter than that says", async () => {
    expect(await verdict(begun)).toBe(false);
    expect(await verdict(database(3, 2 * 4096))).toBe(false);
    expect(await verdict({ head: Buffer.alloc(100), size: 0, log: [4096, 4096] })).toBe(false);
  });

  test("may be shorter while its log has the rest", async () => {
    expect(await verdict(database(3, 2 * 4096, 8192))).toBe(true);
  });

  test("that is just being created is not damaged", async () => {
    expect(await verdict(begun, database(1))).toBe(true);
  });

  test("into which a log is just being written back is not damaged", async () => {
    const growing = [database(9, 4096), database(9, 2 * 4096), database(9, 8 * 4096)] as const;
    expect(await verdict(...growing, database(9))).toBe(true);
  });
});
