import { connect } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HttpRefusal } from "./exchange.ts";
import { NodeExchange } from "./node-exchange.ts";
import { type Listening, listen } from "./node-listener.ts";

/** Most bytes of a body. */
const MOST = 1_000;

let listening: Listening;

/** Answers with the body, or the status it was refused with; to `/late` it is read a turn after its head came. */
beforeEach(async () => {
  listening = await listen(async (request, response) => {
    const exchange = new NodeExchange(request, response);
    if (request.url === "/late") await new Promise((resolve) => setImmediate(resolve));
    try {
      exchange.answer({ status: 200, body: await exchange.text(MOST) });
    } catch (error) {
      if (!(error instanceof HttpRefusal)) throw error;
      exchange.answer({ status: error.answer.status });
    }
  }, {});
});

afterEach(() => listening.close());

/** Sends `parts`, each once the one before is on its way; resolves with all that comes back. */
function say(parts: readonly Uint8Array[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(listening.port, listening.host);
    let heard = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      heard += text;
    });
    socket.on("error", reject).on("close", () => resolve(heard));
    const next = (at: number) => {
      const part = parts[at];
      if (part) socket.write(part, () => setImmediate(next, at + 1));
    };
    next(0);
  });
}

function head(path: string, field: string, isLast: boolean): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${field}\r\n${isLast ? "Connection: close\r\n" : ""}\r\n`;
}

/** One request, its body in one piece or in chunks of `chunk` bytes. */
function request(path: string, body: Buffer, chunk: number | undefined, isLast = false): Buffer {
  if (chunk === undefined) {
    const length = head(path, `Content-Length: ${body.length}`, isLast);
    return Buffer.concat([Buffer.from(length), body]);
  }
  const pieces: Buffer[] = [Buffer.from(head(path, "Transfer-Encoding: chunked", isLast))];
  for (let at = 0; at < body.length; at += chunk) {
    const piece = body.subarray(at, at + chunk);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...pieces, Buffer.from("0\r\n\r\n")]);
}

/** `bytes` cut at `cuts`. */
function cut(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set(cuts.map((each) => each % bytes.length))].sort((a, b) => a - b);
  return [...at, bytes.length].map((end, index) => bytes.subarray(at[index - 1] ?? 0, end));
}

/** The bodies of answers that came one after the other. */
function bodiesOf(answers: string): string[] {
  const bodies: string[] = [];
  let rest = Buffer.from(answers);
  while (rest.length > 0) {
    const start = rest.indexOf("\r\n\r\n") + 4;
    const length = Number(/content-length: (\d+)/i.exec(rest.toString("latin1", 0, start))?.[1]);
    bodies.push(rest.toString("utf8", start, start + length));
    rest = rest.subarray(start + length);
  }
  return bodies;
}

const asked = fc.record({
  path: fc.constantFrom("/", "/late"),
  text: fc.string({ unit: "grapheme", maxLength: 60 }),
  chunk: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
});

test("bodies are read as they were sent, however they are cut and wherever one ends", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(asked, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(2_000), { maxLength: 6 }),
      async (all, cuts) => {
        const requests = all.map(({ path, text, chunk }, index) =>
          request(path, Buffer.from(text), chunk, index === all.length - 1),
        );
        const heard = await say(cut(Buffer.concat(requests), cuts));
        expect(bodiesOf(heard)).toEqual(all.map(({ text }) => text));
      },
    ),
    { numRuns: 60 },
  );
});

test.each(["/", "/late"])(
  "one that is too long is read to its end for the next: %s",
  async (path) => {
    const long = Buffer.alloc(5 * MOST, "x");
    const short = Buffer.from("short");
    for (const chunk of [undefined, 100]) {
      const requests = [request(path, long, chunk), request(path, short, chunk, true)];
      const heard = await say(cut(Buffer.concat(requests), [200, 900, 3_000]));
      expect(heard).toMatch(/^HTTP\/1.1 413 /);
      expect(bodiesOf(heard).at(-1)).toBe("short");
    }
  },
);
