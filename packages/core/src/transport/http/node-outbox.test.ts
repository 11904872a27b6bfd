import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { allSent, sendSoon } from "./node-outbox.ts";

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function serving(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  server = createServer(handle).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(response: ServerResponse, body: string): void {
  response.writeHead(200, ["Content-Length", String(Buffer.byteLength(body))]);
  sendSoon({ response, body, encoding: "utf8" });
}

async function get(url: string): Promise<string> {
  return (await fetch(url)).text();
}

test("answers made in one turn all arrive, each where it belongs", async () => {
  const asked: [string, ServerResponse][] = [];
  const base = await serving(({ url = "" }, response) => {
    asked.push([url, response]);
    if (asked.length === 40) for (const [path, each] of asked) answer(each, `this is ${path}`);
  });
  const paths = Array.from({ length: 40 }, (_, index) => `/${index}`);
  const answers = await Promise.all(paths.map((path) => get(base + path)));
  expect(answers).toEqual(paths.map((path) => `this is ${path}`));
});

test("a client that hangs up before its answer is sent disturbs nobody", async () => {
  const base = await serving(({ url, socket }, response) => {
    answer(response, "here");
    if (url === "/gone") socket.destroy();
  });
  await expect(get(`${base}/gone`)).rejects.toThrow("fetch failed");
  expect(await get(`${base}/next`)).toBe("here");
});

test("what was answered has been sent once allSent resolves", async () => {
  const base = await serving((_, response) => {
    answer(response, "last words");
    void allSent().then(() => server.closeAllConnections());
  });
  expect(await get(base)).toBe("last words");
});
