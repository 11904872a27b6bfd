import { describe, expect, test } from "vitest";
import { defineServer, memoryPair, serve, tool } from "../../src/index.ts";
import { meta, RawClient } from "./raw-client.ts";

/** A server whose one tool ends when the test says so, or is aborted. */
function served() {
  const gate = Promise.withResolvers<string>();
  const entered = Promise.withResolvers<void>();
  const wait = tool({
    name: "wait",
    description: "Ends when told.",
    run(_, { signal }) {
      entered.resolve();
      signal.addEventListener("abort", () => gate.resolve("aborted"));
      return gate.promise;
    },
  });
  const [ours, theirs] = memoryPair();
  const serving = serve(defineServer({ name: "waiting", version: "1", tools: [wait] }), theirs);
  const client = new RawClient(ours);
  const call = client.request("tools/call", { name: "wait", _meta: meta() });
  return { client, serving, call, entered: entered.promise, finish: gate.resolve };
}

describe("closing with a grace period", () => {
  test("waits for the call that runs and refuses the next", async () => {
    const { client, serving, call, entered, finish } = served();
    await entered;
    const closing = serving.close(60_000);
    const refused = await client.request("tools/list", { _meta: meta() });
    expect(refused.error?.message).toContain("shutting down");
    finish("done");
    expect((await call).result).toMatchObject({ content: [{ type: "text", text: "done" }] });
    await closing;
    expect(await serving.done).toBeUndefined();
  });

  test("aborts what still runs afterwards", async () => {
    const { serving, call, entered } = served();
    call.catch(() => undefined);
    await entered;
    await serving.close(1);
    expect(await serving.done).toBeUndefined();
  });

  test("does not wait when the client has gone", async () => {
    const { client, serving, call, entered } = served();
    call.catch(() => undefined);
    await entered;
    const closing = serving.close(2 ** 31 - 1);
    await client.transport.close();
    await closing;
    expect(await serving.done).toBeUndefined();
  });

  test("ends at once when nothing runs", async () => {
    const { serving, call, entered, finish } = served();
    await entered;
    finish("done");
    await call;
    await serving.close(2 ** 31 - 1);
    expect(await serving.done).toBeUndefined();
  });
});
