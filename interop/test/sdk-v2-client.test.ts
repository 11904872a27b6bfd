import {
  type Client,
  isInputRequiredResult,
  withInputRequired,
} from "@modelcontextprotocol/client";
import { REVISIONS } from "@portico/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Candidate } from "./peers/peer.ts";
import { meetV2 } from "./peers/sdk-v2.ts";
import { EVERYTHING, testEverything } from "./suites/everything.ts";
import { testFilesystem } from "./suites/filesystem.ts";

const candidates = REVISIONS.map(
  (revision): Candidate => ({
    revision,
    meet: (args, host) => meetV2(revision, args, host),
    // This client turns the older code, -32002, into the newer one.
    missingResource: -32602,
  }),
);

describe.each(candidates)("the official SDK v2 client on $revision", (candidate) => {
  describe("with a server that has every feature", () => testEverything(candidate));
  describe("with the filesystem server", () => testFilesystem(candidate));
});

describe("the official SDK v2 client, which may choose", () => {
  const form = { action: "accept", content: { name: "Ann", age: 33 } } as const;
  let client: Client;
  beforeAll(async () => {
    ({ client } = await meetV2("auto", [EVERYTHING], { elicit: () => form }));
  });
  afterAll(() => client.close());

  test("finds out that the server is modern", () => {
    expect(client.getProtocolEra()).toBe("modern");
    expect(client.getDiscoverResult()).toMatchObject({
      supportedVersions: REVISIONS.toReversed(),
      instructions: "Try each tool once.",
    });
  });

  test("is told how long it may keep what", async () => {
    expect(await client.listPrompts()).toMatchObject({ ttlMs: 300_000, cacheScope: "public" });
    expect(await client.listTools()).toMatchObject({ ttlMs: 0, cacheScope: "private" });
  });

  test("is told which subscriptions are honoured", async () => {
    const wanted = { promptsListChanged: true, resourceSubscriptions: ["note://current"] };
    const subscription = await client.listen(wanted);
    expect(subscription.honoredFilter).toMatchObject(wanted);
    await subscription.close();
    expect(await subscription.closed).toBe("local");
  });

  test("can answer by hand, and nobody else's state is taken for the server's", async () => {
    const params = { name: "ask_form", arguments: {} };
    const result = withInputRequired(z.looseObject({ content: z.array(z.unknown()) }));
    const call = (extra: object) =>
      client.request({ method: "tools/call", params: { ...params, ...extra } }, result, {
        allowInputRequired: true,
      });

    const asked = await call({});
    if (!isInputRequiredResult(asked)) throw new Error("The server did not ask.");
    expect(Object.values(asked.inputRequests ?? {})).toMatchObject([
      { method: "elicitation/create", params: { message: "Who are you?" } },
    ]);
    const [key = ""] = Object.keys(asked.inputRequests ?? {});
    const inputResponses = { [key]: form };
    await expect(call({ inputResponses, requestState: "made-up" })).rejects.toMatchObject({
      code: -32602,
    });
    const { requestState } = asked;
    expect(await call({ inputResponses, requestState })).toMatchObject({
      content: [{ text: "Ann is 33" }],
    });
  });
});
