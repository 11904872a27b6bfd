import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, request as send } from "node:http";
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

/** A proxy that opens tunnels and passes plain requests on, as Node 26 sends them; it remembers to which hosts. */
async function openProxy(): Promise<{ url: string; hosts: string[] }> {
  const hosts: string[] = [];
  const proxy = createServer((request, response) => {
    const { url = "", method, headers } = request;
    hosts.push(new URL(url).host);
    const onward = send(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  proxy.on("connect", ({ url = "" }, socket) => {
    hosts.push(url);
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
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, hosts };
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
  expect(new Set(proxy.hosts)).toEqual(new Set([new URL(serving.url).host]));
});
