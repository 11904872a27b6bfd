import { SSEClientTransport, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { REVISIONS } from "@portico/core";
import { describe, expect, test } from "vitest";
import { listen, overHttp } from "./peers/listening.ts";
import type { Candidate } from "./peers/peer.ts";
import { type Choice, meetV2Over } from "./peers/sdk-v2.ts";
import { EVERYTHING, testEverything } from "./suites/everything.ts";
import { testFilesystem } from "./suites/filesystem.ts";
import { testResumption } from "./suites/resumption.ts";

// This client turns the older code, -32002, into the newer one.
const missingResource = -32602;

const streamable = REVISIONS.map(
  (revision): Candidate => ({
    revision,
    meet: overHttp(({ url }, host) =>
      meetV2Over(new StreamableHTTPClientTransport(url), revision, host),
    ),
    missingResource,
  }),
);

describe.each(streamable)("the official SDK v2 client over HTTP on $revision", (candidate) => {
  describe("with a server that has every feature", () => testEverything(candidate));
  describe("with the filesystem server", () => testFilesystem(candidate));
  describe("when the server hangs up on it", () => testResumption(candidate));
});

const sse: Candidate = {
  revision: "2024-11-05",
  meet: overHttp((server, host) =>
    meetV2Over(new SSEClientTransport(server.sse), "2024-11-05", host),
  ),
  missingResource,
};

describe("the official SDK v2 client over HTTP+SSE", () => {
  describe("with a server that has every feature", () => testEverything(sse));
  describe("with the filesystem server", () => testFilesystem(sse));
});

test.each<[Choice, string]>([
  ["auto", "2026-07-28"],
  ["2025-11-25", "2025-11-25"],
])("the official SDK v2 client that wants %s agrees on %s", async (choice, agreed) => {
  const server = await listen([EVERYTHING]);
  const { client } = await meetV2Over(new StreamableHTTPClientTransport(server.url), choice);
  expect(client.getNegotiatedProtocolVersion()).toBe(agreed);
  await client.close();
  await server.stop();
});
