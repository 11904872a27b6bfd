import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MESSAGE_LIMITS } from "../../jsonrpc/codec.ts";
import { eventsOf, follow, type StreamCursor } from "./client-events.ts";

/** A response whose body comes in these pieces. */
function inPieces(pieces: readonly Uint8Array[]): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    }),
  );
}

const inOne = (text: string) => inPieces([new TextEncoder().encode(text)]);

async function read(response: Response, cursor: StreamCursor = { seen: 0 }): Promise<string[]> {
  const texts: string[] = [];
  await follow(response, MESSAGE_LIMITS, cursor, (text) => texts.push(text));
  return texts;
}

describe("a stream of messages", () => {
  test("is the same however it is cut into pieces, and whichever line ends it has", async () => {
    const message = fc.record({ text: fc.string({ unit: "grapheme", minLength: 1 }) });
    const cuts = fc.array(fc.nat(), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message),
        cuts,
        fc.constantFrom("\n", "\r\n"),
        async (all, at, end) => {
          const lines = all.flatMap((each, index) => [
            `id: ${index}`,
            `data: ${JSON.stringify(each)}`,
            "",
          ]);
          const bytes = new TextEncoder().encode(lines.map((line) => line + end).join(""));
          const borders = at.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
          const pieces = [0, ...borders].map((from, index) => bytes.slice(from, borders[index]));
          const texts = await read(inPieces(pieces));
          expect(texts.map((text) => JSON.parse(text))).toEqual(all);
        },
      ),
      { seed: 20261122, numRuns: 300 },
    );
  });

  test("may spread a message over lines, and says where it was left and when to come back", async () => {
    const cursor: StreamCursor = { seen: 0 };
    const text =
      "retry: 250\n\nid: a\ndata: [1,\ndata: 2]\n\n: still here\n\nid: b\ndata:\n\ndata: cut o";
    expect(await read(inOne(text), cursor)).toEqual(["[1,\n2]"]);
    expect(cursor).toEqual({ seen: 2, lastEventId: "b", retryMs: 250 });
  });

  test.each(["naïve", "", "x".repeat(5000)])(
    "cannot be left at an id no header carries: %s",
    async (id) => {
      const cursor: StreamCursor = { seen: 0, lastEventId: "a" };
      await read(inOne(`id: ${id}\ndata: 1\n\n`), cursor);
      expect(cursor.lastEventId).toBeUndefined();
    },
  );

  test("leaves out what is no message", async () => {
    expect(await read(inOne("event: endpoint\ndata: /x\n\nevent: message\ndata: 1\n\n"))).toEqual([
      "1",
    ]);
  });

  test("is cancelled when nobody reads on", async () => {
    let cancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\n")),
      cancel() {
        cancelled = true;
      },
    });
    const events = eventsOf(new Response(endless), MESSAGE_LIMITS, () => undefined);
    await events.next();
    await events.return();
    expect(cancelled).toBe(true);
  });

  test.each([
    ["an event", `data: ${"x".repeat(200)}\n\n`],
    ["a line without end", "x".repeat(200)],
    ["lines without end", "data: x\n".repeat(200)],
  ])("is given up for %s that is too long", async (_what, text) => {
    const limits = { bytes: 100, depth: 10 };
    const reading = follow(inOne(text), limits, { seen: 0 }, () => undefined);
    await expect(reading).rejects.toThrow("longer than 100 bytes");
  });
});
