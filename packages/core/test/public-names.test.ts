import { expect, test } from "vitest";
import * as root from "../src/index.ts";
import * as node from "../src/node.ts";
import * as websocket from "../src/websocket.ts";

test("the root offers these values and no others: what is public stays public", () => {
  expect(Object.keys(root).sort()).toEqual([
    "Changes",
    "Client",
    "ConnectionClosed",
    "HttpError",
    "InsufficientScope",
    "InvalidResponse",
    "JSON_RPC",
    "LATEST_LEGACY_REVISION",
    "LATEST_REVISION",
    "LOG_LEVELS",
    "MCP_ERROR",
    "META",
    "METHODS",
    "MissingClientCapability",
    "NoCommonRevision",
    "REVISIONS",
    "RateLimited",
    "Reply",
    "RequestLost",
    "RequestTimeout",
    "ResourceNotFound",
    "RpcError",
    "SessionGone",
    "Subscription",
    "ToolError",
    "UrlElicitationRequired",
    "UserRejected",
    "VisitRequired",
    "assistantMessage",
    "audio",
    "clientSource",
    "complete",
    "confirm",
    "connect",
    "contentAsText",
    "createSealer",
    "defineServer",
    "derivedCall",
    "dispatch",
    "elicit",
    "elicitUrl",
    "embedded",
    "errorResult",
    "failed",
    "httpClient",
    "httpHandler",
    "image",
    "isModern",
    "isRevision",
    "jsonSchema",
    "listRoots",
    "memoryPair",
    "method",
    "mount",
    "prompt",
    "rank",
    "resource",
    "resourceLink",
    "resourceTemplate",
    "rowFor",
    "rowsIn",
    "s",
    "sample",
    "schemaFor",
    "serve",
    "text",
    "tool",
    "userMessage",
    "withJsonSchema",
  ]);
});

test("the WebSocket entry offers both ends", () => {
  expect(Object.keys(websocket).sort()).toEqual(["webSocketClient", "webSocketServer"]);
});

test("the Node entry offers the transports of Node", () => {
  expect(Object.keys(node).sort()).toEqual([
    "ServerExitError",
    "nodeHandler",
    "serveHttp",
    "stdio",
    "stdioClient",
    "streamTransport",
  ]);
});
