/** What one kind of request looks like on the wire, for one server. */
export interface HttpWire {
  /** The revision it speaks; from 2026-07-28 on each request stands by itself. */
  readonly revision: "2025-06-18" | "2025-11-25" | "2026-07-28";
  readonly session?: string | undefined;
}

const CLIENT = { name: "bench", version: "1.0.0" };

/** The bytes of one POST: head and body as a client of `wire.revision` sends them. */
export function post(
  { revision, session }: HttpWire,
  id: number,
  method: string,
  params: object,
): Buffer {
  const isModern = revision === "2026-07-28";
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id,
    method,
    params: isModern ? { ...params, _meta: metaOf(revision) } : params,
  });
  const name = "name" in params ? params.name : undefined;
  const lines = [
    "POST /mcp HTTP/1.1",
    "Host: 127.0.0.1",
    "Accept: application/json, text/event-stream",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(method === "initialize" ? [] : [`MCP-Protocol-Version: ${revision}`]),
    ...(session === undefined ? [] : [`Mcp-Session-Id: ${session}`]),
    ...(isModern ? [`Mcp-Method: ${method}`] : []),
    ...(isModern && name !== undefined ? [`Mcp-Name: ${name}`] : []),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
}

/** The bytes of a session's first request. */
export function initialize(revision: HttpWire["revision"]): Buffer {
  const params = { protocolVersion: revision, capabilities: {}, clientInfo: CLIENT };
  return post({ revision }, 0, "initialize", params);
}

function metaOf(revision: string): object {
  return {
    "io.modelcontextprotocol/protocolVersion": revision,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": CLIENT,
  };
}
