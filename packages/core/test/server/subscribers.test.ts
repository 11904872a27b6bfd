import { describe, expect, test } from "vitest";
import {
  confirm,
  defineServer,
  LATEST_REVISION,
  REVISIONS,
  ResourceNotFound,
  resource,
} from "../../src/index.ts";
import { accept, connect, decline } from "../../src/testing/index.ts";

/** A resource only its owner may hear of. */
const diary = resource<{ readonly owner: string }>({
  uri: "diary://ada",
  name: "diary",
  read: () => "",
  watch(uri, _, { deps, principal }) {
    if (principal?.id !== deps.owner) throw new ResourceNotFound(uri);
    return () => {};
  },
});

/** A resource whose subscribers are asked first, where that can be done. */
const guarded = (answers: string[]) =>
  resource({
    uri: "guarded://one",
    name: "guarded",
    read: () => "",
    async watch(uri, _, ctx) {
      const question = confirm("Watch it?");
      if (!ctx.can(question)) return () => {};
      const { action } = await ctx.ask("watch", question);
      answers.push(action);
      if (action !== "accept") throw new ResourceNotFound(uri);
      return () => {};
    },
  });

describe.each(REVISIONS)("who subscribes on %s", (revision) => {
  const server = defineServer({
    name: "diaries",
    version: "1.0.0",
    deps: { owner: "ada" },
    resources: [diary],
  });

  test("is known to what is watched, which may refuse", async () => {
    const granted = async (id: string) => {
      await using client = await connect(server, { revision, principal: { id } });
      const subscribing = client.subscribe({ uris: ["diary://ada"] });
      return await subscribing.then(
        (subscription) => subscription.granted.uris ?? [],
        (error) => error.code,
      );
    };
    expect(await granted("ada")).toEqual(["diary://ada"]);
    expect(await granted("eve")).toEqual(revision === LATEST_REVISION ? [] : -32002);
  });
});

describe.each(["2025-06-18", "2025-11-25"] as const)("subscribing on %s", (revision) => {
  test.each([
    ["accept", accept()],
    ["decline", decline()],
  ])("waits for a client that is asked first, and heeds its %s", async (action, answer) => {
    const answers: string[] = [];
    const resources = [guarded(answers)];
    const server = defineServer({ name: "guarded", version: "1.0.0", resources });
    await using client = await connect(server, { revision, onElicit: () => answer });
    const subscribing = client.subscribe({ uris: ["guarded://one"] });
    if (action === "accept") await subscribing;
    else await expect(subscribing).rejects.toMatchObject({ code: -32002 });
    expect(answers).toEqual([action]);
  });
});

test("subscribing on 2026-07-28 asks nothing, which a source can tell", async () => {
  const answers: string[] = [];
  const server = defineServer({
    name: "guarded",
    version: "1.0.0",
    resources: [guarded(answers)],
  });
  await using client = await connect(server, { onElicit: () => accept() });
  const { granted } = await client.subscribe({ uris: ["guarded://one"] });
  expect(granted.uris).toEqual(["guarded://one"]);
  expect(answers).toEqual([]);
});
