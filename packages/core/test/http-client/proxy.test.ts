import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { defineServer, tool } from "../../src/index.ts";
import { serveHttp } from "../../src/node.ts";

const server = defineServer({
  name: "test",
  version: "1.0.0",
  tools: [tool({ name: "echo", description: "Echoes.", run: () => "x" })],
});

/** A proxy that opens tunnels, and remembers where to. */
async function openProxy(): Promise<{ url: string; tunnels: string[] }> {
  const tunnels: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(400).end());
  proxy.on("connect", ({ url = "" }, socket) => {
    tunnels.push(url);
    const { hostname, port } = new URL(`http://${url}`);
    const far = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(far).pipe(socket);
    });
    far.on("error", () => socket.destroy());
    socket.on("error", () => far.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => void proxy.close());
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, tunnels };
}

test("a client reaches its server through the proxy of its environment", async () => {
  const serving = await serveHttp(server);
  onTestFinished(() => serving.close());
  const proxy = await openProxy();
  const program = fileURLToPath(new URL("proxied-process.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, serving.url], {
    env: {
      ...process.env,
      NODE_USE_ENV_PROXY: "1",
      ...{ HTTP_PROXY: proxy.url, http_proxy: proxy.url, NO_PROXY: "", no_proxy: "" },
    },
  });
  expect(stdout).toBe("echo\n");
  expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(serving.url).host]));
});
