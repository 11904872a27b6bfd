import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { defineServer, REVISIONS, tool } from "../../src/index.ts";
import { connect } from "../../src/testing/index.ts";

const MINUTE = 60_000;

// Long calls were given up after 60 seconds although the server reported progress all along.
describe.each(REVISIONS)("a call on %s that takes five minutes", (revision) => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const long = tool({
    name: "long",
    description: "Takes five minutes.",
    async run(_, ctx) {
      for (let step = 1; step <= 10; step++) {
        await new Promise((resolve) => setTimeout(resolve, MINUTE / 2));
        ctx.progress(step, 10);
      }
      return "done";
    },
  });
  const server = defineServer({ name: "patient", version: "1.0.0", tools: [long] });

  test("is not given up while it reports progress", async () => {
    await using client = await connect(server, { revision, timeoutMs: MINUTE });
    const call = client.callTool("long", {}, { onProgress: () => {} });
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(await call).toMatchObject({ content: [{ text: "done" }] });
  });

  test("is given up when it reports nothing, or at the absolute limit", async () => {
    await using client = await connect(server, { revision, timeoutMs: MINUTE });
    const silent = expect(client.callTool("long")).rejects.toThrow("timeoutMs");
    const limited = expect(
      client.callTool("long", {}, { maxTotalTimeoutMs: 2 * MINUTE }),
    ).rejects.toThrow("maxTotalTimeoutMs");
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    await silent;
    await limited;
  });
});
