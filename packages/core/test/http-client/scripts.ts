import { MockHttp, type Received } from "./mock-http.ts";

/** What a server does with the requests of one method. */
export type Script = Readonly<Record<string, (request: Received) => unknown>>;

const capabilities = {
  tools: { listChanged: true },
  prompts: {},
  resources: { subscribe: true },
  logging: {},
};

/** What `server/discover` is answered with. */
export const discovery = {
  resultType: "complete",
  supportedVersions: ["2026-07-28"],
  capabilities,
  ttlMs: 0,
  cacheScope: "private",
};

/** A complete modern result. */
export const complete = (result: object) => ({ resultType: "complete", ...result });
/** A complete modern result that says how long it may be kept: not at all. */
export const unkept = (result: object) => complete({ ttlMs: 0, cacheScope: "private", ...result });

/** Serves a modern server that can be discovered, and does what `script` says. */
export function modern(script: Script = {}): Promise<MockHttp> {
  return MockHttp.start((request) => {
    const method = request.message.method ?? request.method;
    if (script[method]) return script[method](request);
    if (method === "server/discover") return request.result(discovery);
    return request.error(404, -32601);
  });
}

/** Serves a legacy server with sessions that can be initialized, and does what `script` says. */
export function legacy(script: Script = {}, revision = "2025-11-25"): Promise<MockHttp> {
  let sessions = 0;
  return MockHttp.start((request) => {
    const { method } = request.message;
    const key = method ?? request.method;
    if (script[key]) return script[key](request);
    if (method === "initialize") {
      const headers = { "Mcp-Session-Id": `session-${++sessions}` };
      return request.result(initialized(revision), headers);
    }
    if (request.method === "GET") return request.answer(405);
    if (request.method === "DELETE") return request.answer(200);
    if (method?.startsWith("notifications/") || request.message.result) return request.answer(202);
    if (method === "ping") return request.result({});
    return request.error(method === "server/discover" ? 400 : 200, -32601);
  });
}

/** What `initialize` is answered with. */
export function initialized(protocolVersion = "2025-11-25") {
  return { protocolVersion, capabilities, serverInfo: { name: "old", version: "1" } };
}

/** A tool as it is listed. */
export function listed(name: string, properties: object = {}, more: object = {}) {
  return { name, inputSchema: { type: "object", properties }, ...more };
}
