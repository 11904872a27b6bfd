import { fileURLToPath } from "node:url";
import type { ElicitRequestParams, ElicitResult } from "@portico/core";
import { afterAll, beforeAll } from "vitest";
import type { Candidate, Host, Peer } from "../peers/peer.ts";
import { testAsking } from "./asking.ts";
import { testChanges } from "./changes.ts";
import { testContent } from "./content.ts";
import { testDescriptions } from "./descriptions.ts";
import { Inbox } from "./inbox.ts";
import { testPrompts } from "./prompts.ts";
import { testResources } from "./resources.ts";
import { testRunning } from "./running.ts";

/** Where the server with every feature is. */
export const EVERYTHING = fileURLToPath(new URL("../../fixtures/everything.ts", import.meta.url));

/** One client at the server with every feature, and what it heard. */
export interface Visit extends Candidate {
  readonly peer: Peer;
  /** How the user answers; a test may set it. */
  answer: (params: ElicitRequestParams) => ElicitResult;
  readonly logs: Inbox<unknown>;
  readonly updated: Inbox<string>;
  /** The visits of pages the server said are over. */
  readonly completed: Inbox<string>;
  readonly lists: Inbox<readonly [list: string, names: readonly string[]]>;
  roots: { uri: string; name?: string }[];
}

/** What every client must be able to do with the server that has every feature. */
export function testEverything(candidate: Candidate): void {
  const visit = {
    ...candidate,
    answer: () => ({ action: "cancel" }),
    logs: new Inbox<unknown>(),
    updated: new Inbox<string>(),
    completed: new Inbox<string>(),
    lists: new Inbox<readonly [string, readonly string[]]>(),
    roots: [{ uri: "file:///project", name: "project" }],
  } as unknown as { -readonly [K in keyof Visit]: Visit[K] };
  beforeAll(async () => {
    visit.peer = await candidate.meet([EVERYTHING], hostOf(visit));
  });
  afterAll(() => visit.peer.close());

  testDescriptions(visit);
  testContent(visit);
  testRunning(visit);
  testResources(visit);
  testPrompts(visit);
  testAsking(visit);
  testChanges(visit);
}

function hostOf(visit: Visit): Host {
  return {
    elicit: (params) => visit.answer(params),
    sample: ({ messages, tools }) => ({
      role: "assistant",
      model: "test-model",
      stopReason: tools ? "toolUse" : "endTurn",
      content: tools
        ? [{ type: "tool_use", id: "1", name: "weather", input: {} }]
        : { type: "text", text: `heard ${messages.length}` },
    }),
    roots: () => visit.roots,
    onLog: visit.logs.put,
    onUpdated: visit.updated.put,
    onCompleted: visit.completed.put,
    onListChanged: (list, entries) => visit.lists.put([list, entries.map(({ name }) => name)]),
  };
}
