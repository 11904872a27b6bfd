import { describe, expect, test } from "vitest";
import type { LoggingLevel } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { CallLog, LogLimit } from "./log.ts";

const limitOf = (burst: number, now = () => 0) => new LogLimit({ burst, perSecond: 1 }, now);

function logOf(threshold: LoggingLevel, own: LogLimit, session?: LogLimit) {
  const sent: JsonObject[] = [];
  const log = new CallLog(threshold, ({ params }) => sent.push(params), session, own);
  return { log, sent, said: () => sent.map(({ data }) => data) };
}

describe("the log of a call", () => {
  test("sends what is grave enough, as it was written", () => {
    const { log, sent } = logOf("warning", limitOf(10));
    log.write("info", "mild");
    log.write("error", { code: 1 }, "disk");
    expect(sent).toEqual([{ level: "error", logger: "disk", data: { code: 1 } }]);
  });

  test("is cut off at its limit, and says at the end how much was", () => {
    const { log, said } = logOf("debug", limitOf(2));
    for (let count = 1; count <= 5; count++) log.write("debug", count);
    log.tellDropped();
    log.tellDropped();
    expect(said()).toEqual([1, 2, expect.stringMatching(/^3 log messages were dropped/)]);
  });

  test("says earlier what was dropped, once there is room again", () => {
    let now = 0;
    const { log, sent } = logOf(
      "debug",
      limitOf(2, () => now),
    );
    for (let count = 1; count <= 4; count++) log.write("debug", count);
    now = 2000;
    log.write("debug", 5);
    log.tellDropped();
    expect(sent).toEqual([
      { level: "debug", data: 1 },
      { level: "debug", data: 2 },
      { level: "debug", data: 5 },
      { level: "warning", data: expect.stringMatching(/^2 /) },
    ]);
  });

  test("lets errors through however much else there is", () => {
    const { log, said } = logOf("debug", limitOf(2), limitOf(2));
    for (let count = 0; count < 100; count++) log.write("warning", "noise");
    log.write("error", "broken");
    log.write("emergency", "gone");
    expect(said()).toEqual(["noise", "noise", "broken", "gone"]);
  });

  test("bounds errors too, and says so at the level the caller wants", () => {
    const { log, sent } = logOf("alert", limitOf(1));
    log.write("alert", "first");
    log.write("emergency", "second");
    log.tellDropped();
    expect(sent).toEqual([
      { level: "alert", data: "first" },
      { level: "alert", data: expect.stringMatching(/^1 /) },
    ]);
  });

  test("shares one limit with the other calls of its session", () => {
    const session = limitOf(3);
    const calls = [logOf("debug", limitOf(2), session), logOf("debug", limitOf(2), session)];
    for (const { log } of calls) for (let count = 0; count < 50; count++) log.write("info", count);
    expect(calls.map(({ said }) => said())).toEqual([[0, 1], [0]]);
  });
});
