import { httpClient, isModern, type Revision } from "@portico/core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Meet } from "../peers/peer.ts";
import { meetPorticoAt } from "../peers/portico.ts";
import { testEverything } from "../suites/everything.ts";
import { bun, deno, describeOn, workerd } from "./installed.ts";
import { readSlowly } from "./slow-reader.ts";
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
      const peer = await meetPorticoAt(httpClient(server.url), revision, host).catch(
        async (error) => {
          await server.stop();
          throw error;
        },
      );
      const close = async () => {
        await peer.close();
        await server.stop();
      };
      return { ...peer, close };
    };
    const missingResource = isModern(revision) ? -32602 : -32002;
    testEverything({ revision, meet, missingResource, visitsByItself: true });
  });

  test("a client that reads nothing is cut off before it costs much", async () => {
    const server = await start(program);
    onTestFinished(() => server.stop());
    const socket = await readSlowly(new URL("/flood", server.url));
    onTestFinished(() => void socket.destroy());
    const cuts = async () => (await fetch(new URL("/flood/cuts", server.url))).json();
    await expect.poll(cuts, { timeout: 10_000 }).toEqual([expect.stringContaining("unread")]);
  });
}
