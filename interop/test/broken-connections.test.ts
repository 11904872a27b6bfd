import { StreamableHTTPClientTransport as TransportV2 } from "@modelcontextprotocol/client";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { httpClient, type Revision } from "@portico/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Listening, listen } from "./peers/listening.ts";
import type { Peer } from "./peers/peer.ts";
import { meetPorticoAt } from "./peers/portico.ts";
import { type BreakableProxy, proxyTo } from "./peers/proxy.ts";
import { meetV1Over } from "./peers/sdk-v1.ts";
import { meetV2Over } from "./peers/sdk-v2.ts";
import { textOf } from "./suites/content.ts";
import { EVERYTHING } from "./suites/everything.ts";

// The delays the SDKs have by themselves are for people, not for tests.
const reconnectionOptions = {
  initialReconnectionDelay: 20,
  maxReconnectionDelay: 100,
  reconnectionDelayGrowFactor: 2,
  maxRetries: 10,
};

const clients = [
  {
    name: "the official SDK v1 client",
    meet: (url: URL, revision: Revision) =>
      meetV1Over(
        new StreamableHTTPClientTransport(url, { reconnectionOptions }) as Transport,
        revision,
      ),
  },
  {
    name: "the official SDK v2 client",
    meet: (url: URL, revision: Revision) =>
      meetV2Over(new TransportV2(url, { reconnectionOptions }), revision),
  },
  {
    name: "our client",
    meet: (url: URL, revision: Revision) => meetPorticoAt(httpClient(url), revision),
  },
];

// Since 2026-07-28 a broken call is lost or asked for anew, and before 2025-03-26 there was no such stream.
const settings = clients.flatMap((client) =>
  (["2025-03-26", "2025-06-18", "2025-11-25"] as const).map((revision) => ({
    ...client,
    revision,
  })),
);

describe.each(settings)("when the connections of $name break on $revision", (setting) => {
  let server: Listening;
  let proxy: BreakableProxy;
  let peer: Peer;
  let helper: Peer;
  beforeAll(async () => {
    server = await listen([EVERYTHING]);
    proxy = await proxyTo(server.url);
    peer = await setting.meet(proxy.url, setting.revision);
    helper = await meetPorticoAt(httpClient(server.url), "2026-07-28");
  });
  afterAll(async () => {
    await Promise.all([peer.close(), helper.close()]);
    proxy.close();
    await server.stop();
  });

  test("a call goes on where it was, with what was sent meanwhile, once and in order", async () => {
    const reports: number[] = [];
    const onProgress = ({ progress }: { progress: number }) => {
      reports.push(progress);
      proxy.cut();
      void helper.callTool("proceed");
    };
    const result = await peer.callTool("work", { steps: 3 }, { onProgress });
    expect(textOf(result)).toBe("done");
    expect(reports.slice(0, 2)).toEqual([1, 2]);
  });

  test("the next call finds its session", async () => {
    expect(textOf(await peer.callTool("add", { a: 1, b: 2 }))).toBe('{"sum":3}');
  });
});
