// A server whose dependencies would keep the process alive: only `close` of its definition frees them.
import { createServer } from "node:net";
import { defineServer, serve } from "../../src/index.ts";
import { stdio } from "../../src/node.ts";

const socket = createServer().listen(0, "127.0.0.1");
const timer = setInterval(() => {}, 1_000);
const server = defineServer({
  name: "live",
  version: "1.0.0",
  close() {
    socket.close();
    clearInterval(timer);
    process.exitCode = 7;
  },
});

await serve(server, stdio()).done;
await server.close();
