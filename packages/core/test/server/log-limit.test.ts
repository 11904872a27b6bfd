import { describe, expect, test } from "vitest";
import {
  defineServer,
  type LoggingMessageNotificationParams,
  REVISIONS,
  tool,
} from "../../src/index.ts";
import { connect } from "../../src/testing/index.ts";

const FLOOD = 5_000;

const chatty = tool({
  name: "chatty",
  description: "Logs without measure, and then once of something grave.",
  run(_, ctx) {
    for (let count = 0; count < FLOOD; count++) ctx.log("debug", "noise");
    ctx.log("error", "grave");
    return "done";
  },
});

describe.each(REVISIONS)("a tool that logs without measure on %s", (revision) => {
  const server = defineServer({ name: "chatty", version: "1.0.0", logging: true, tools: [chatty] });

  test("is cut off, but for its errors, and the client told how much was left out", async () => {
    const heard: LoggingMessageNotificationParams[] = [];
    await using client = await connect(server, { revision, onLog: (one) => heard.push(one) });
    await client.setLogLevel("debug");
    await client.callTool("chatty");
    const noise = heard.filter(({ data }) => data === "noise").length;
    const grave = heard.filter(({ data }) => data === "grave").length;
    const told = heard
      .map(({ level, data }) => level === "warning" && /^(\d+) log messages/.exec(String(data)))
      .reduce((sum, match) => sum + (match ? Number(match[1]) : 0), 0);
    expect(noise).toBeGreaterThanOrEqual(100);
    expect(noise).toBeLessThan(FLOOD / 2);
    expect(grave).toBe(1);
    expect(noise + told).toBe(FLOOD);
  });
});
