import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HttpConnection } from "./http-client.ts";

/** Sends what it is told to, in pieces of a size, to whoever asks. */
let script: readonly Buffer[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer({ noDelay: true }, (socket: Socket) => {
    socket.on("data", () => void sendEach(socket, script));
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
});

async function sendEach(socket: Socket, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function cut(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

const whole = (body: string) =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const chunked = (body: string) => {
  const length = Buffer.byteLength(body).toString(16);
  return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${length}\r\n${body}\r\n0\r\n\r\n`;
};

test("finds the end of each answer, however it is framed and wherever it is cut", async () => {
  const connection = new HttpConnection((server.address() as AddressInfo).port);
  const body = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(body, fc.constantFrom(whole, chunked)), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 90 }),
      async (answers, size) => {
        for (const [text, frame] of answers) {
          script = cut(frame(text), size);
          const reply = await connection.request(Buffer.from("GET"));
          expect(reply.status).toBe(200);
          expect(reply.body).toBe(frame(text).slice(frame(text).indexOf("\r\n\r\n") + 4));
        }
      },
    ),
    { seed: 11, numRuns: 40 },
  );
  connection.close();
});

test("says that a server has gone instead of waiting for its answer", async () => {
  const gone = createServer((socket) => socket.destroy());
  gone.listen(0, "127.0.0.1");
  await once(gone, "listening");
  const connection = new HttpConnection((gone.address() as AddressInfo).port);
  await expect(connection.request(Buffer.from("GET"))).rejects.toThrow();
  gone.close();
});
