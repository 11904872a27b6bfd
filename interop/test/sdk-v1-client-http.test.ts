import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { isModern, REVISIONS } from "@portico/core";
import { describe, expect, test } from "vitest";
import { listen, overHttp } from "./peers/listening.ts";
import type { Candidate } from "./peers/peer.ts";
import { meetV1Over } from "./peers/sdk-v1.ts";
import { EVERYTHING, testEverything } from "./suites/everything.ts";
import { testFilesystem } from "./suites/filesystem.ts";
import { testResumption } from "./suites/resumption.ts";

const streamable = REVISIONS.filter((revision) => !isModern(revision)).map(
  (revision): Candidate => ({
    revision,
    meet: overHttp(({ url }, host) =>
      meetV1Over(new StreamableHTTPClientTransport(url) as Transport, revision, host),
    ),
    missingResource: -32002,
  }),
);

describe.each(streamable)("the official SDK v1 client over HTTP on $revision", (candidate) => {
  describe("with a server that has every feature", () => testEverything(candidate));
  describe("with the filesystem server", () => testFilesystem(candidate));
  describe("when the server hangs up on it", () => testResumption(candidate));
});

// The one revision that has this transport, and the newest whose clients may still use it.
const sse = (["2024-11-05", "2025-11-25"] as const).map(
  (revision): Candidate => ({
    revision,
    meet: overHttp((server, host) =>
      meetV1Over(new SSEClientTransport(server.sse), revision, host),
    ),
    missingResource: -32002,
  }),
);

describe.each(sse)("the official SDK v1 client over HTTP+SSE on $revision", (candidate) => {
  describe("with a server that has every feature", () => testEverything(candidate));
  describe("with the filesystem server", () => testFilesystem(candidate));
});

test("the official SDK v1 client ends its session, which is then nobody's", async () => {
  const server = await listen([EVERYTHING]);
  const transport = new StreamableHTTPClientTransport(server.url);
  const peer = await meetV1Over(transport as Transport, "2025-11-25");
  const session = transport.sessionId;
  await transport.terminateSession();
  const late = await fetch(server.url, {
    method: "GET",
    headers: { accept: "text/event-stream", "mcp-session-id": String(session) },
  });
  expect([session?.length, late.status]).toEqual([expect.any(Number), 404]);
  await peer.close();
  await server.stop();
});
