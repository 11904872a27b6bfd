import { httpClient, isModern, type Revision } from "@portico/core";
import { describe } from "vitest";
import type { Meet } from "../peers/peer.ts";
import { meetPorticoAt } from "../peers/portico.ts";
import { testEverything } from "../suites/everything.ts";
import { bun, deno, describeOn, workerd } from "./installed.ts";
import { type Start, startOnBun, startOnDeno, startOnWorkerd } from "./start.ts";

/** The newest of each era. */
const REVISIONS: readonly Revision[] = ["2026-07-28", "2025-11-25"];

const program = (name: string) => new URL(`programs/${name}.ts`, import.meta.url);

describeOn(bun, () => testServer(startOnBun, program("serve-bun")));
describeOn(deno, () => testServer(startOnDeno, program("serve-deno")));
describeOn(workerd, () => testServer(startOnWorkerd, program("serve-worker")));

/** What a server of ours must do for our client on Node, whatever runs it. */
function testServer(start: Start, program: URL): void {
  describe.each(REVISIONS)("a server that has every feature, on revision %s", (revision) => {
    const meet: Meet = async (_, host) => {
      const server = await start(program);
      const peer = await meetPorticoAt(httpClient(server.url), revision, host);
      const close = async () => {
        await peer.close();
        await server.stop();
      };
      return { ...peer, close };
    };
    const missingResource = isModern(revision) ? -32602 : -32002;
    testEverything({ revision, meet, missingResource, visitsByItself: true });
  });
}
