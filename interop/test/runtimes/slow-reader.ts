import { once } from "node:events";
import { connect, type Socket } from "node:net";

const BODY = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: {
    name: "flood",
    _meta: {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "sleeper", version: "1.0.0" },
      "io.modelcontextprotocol/clientCapabilities": {},
      "io.modelcontextprotocol/logLevel": "info",
    },
  },
});

/** Calls the tool `flood` at `url`, and reads nothing but the beginning of what it says. */
export async function readSlowly(url: URL): Promise<Socket> {
  const socket = connect(Number(url.port), url.hostname);
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `Host: ${url.host}`,
    "Content-Type: application/json",
    "Accept: application/json, text/event-stream",
    "MCP-Protocol-Version: 2026-07-28",
    "Mcp-Method: tools/call",
    "Mcp-Name: flood",
    `Content-Length: ${BODY.length}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${BODY}`);
  await once(socket, "data");
  // How the server ends it is its own affair.
  return socket.pause().on("error", () => {});
}
