import type { Principal, Revision } from "@portico/core";
import { takeTasks, taskOf } from "@portico/core/extensions/tasks";
import { type LogLine, log } from "@portico/core/middleware/log";
import { metrics } from "@portico/core/middleware/metrics";
import { connect } from "@portico/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { Gate, jobs } from "../extensions/jobs.ts";

const principal: Principal = { id: "ann" };
const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const _meta = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };

async function open(revision: Revision) {
  const gate = new Gate();
  const lines: LogLine[] = [];
  const write = (line: object) => lines.push(line as LogLine);
  const counted = metrics();
  const client = await connect(jobs({}, gate), {
    revision,
    principal,
    middleware: [log({ logger: { info: write, warn: write, error: write } }), counted.middleware],
    extensions: [takeTasks()],
    onElicit: () => ({ action: "accept", content: { name: "x" } }),
  });
  onTestFinished(() => client.close());
  await client.listTools();
  const begin = async (tool: string) => {
    const inTasks = revision === "2025-11-25" && { task: {} };
    const params = { name: tool, arguments: {}, ...inTasks, _meta };
    const result = await client.request("tools/call" as string, params, { results: "as-sent" });
    const { taskId } = (result.task ?? result) as { readonly taskId: string };
    return taskOf(client, taskId);
  };
  return {
    gate,
    begin,
    /** The lines of one tool's calls. */
    of: (tool: string) => lines.filter(({ name }) => name === tool),
    /** The value of one metric about a tool's calls. */
    async count(metric: string, labels = ""): Promise<number | undefined> {
      const page = await counted.registry.metrics();
      const row = page.split("\n").find((one) => one.startsWith(`mcp_server_${metric}${labels} `));
      return row === undefined ? undefined : Number(row.split(" ").at(-1));
    },
  };
}

describe.each(["2025-11-25", "2026-07-28"] as const)("the run of a task of %s", (revision) => {
  const calls = (name: string, status: string) =>
    ["calls_total", `{method="tools/call",name="${name}",status="${status}"}`] as const;

  test("is counted, timed and logged once, as the call of its tool, when it is over", async () => {
    const { gate, begin, of, count } = await open(revision);
    const task = await begin("wait");
    await gate.begun;
    const begun = performance.now();
    expect(await task.state()).toMatchObject({ status: "working" });
    expect(await count("calls_in_flight")).toBe(1);
    expect(await count(...calls("wait", "ok"))).toBeUndefined();
    expect(of("wait")).toEqual([]);
    const least = performance.now() - begun;
    gate.open();
    await task.result();
    await expect.poll(() => count("calls_in_flight")).toBe(0);
    expect(await count(...calls("wait", "ok"))).toBe(1);
    const timed = '{method="tools/call",name="wait"}';
    expect(await count("call_duration_seconds_count", timed)).toBe(1);
    expect(await count("call_duration_seconds_sum", timed)).toBeGreaterThan(least / 1000);
    const [line, ...more] = of("wait");
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      method: "tools/call",
      status: "ok",
      principal: "ann",
      requestId: expect.anything(),
      traceId,
    });
    expect(line?.durationMs).toBeGreaterThan(least);
  });

  test.each([
    ["fail", "tool_error", undefined],
    ["refuse", "error", -32603],
  ] as const)("that ends badly is told of as such: %s", async (tool, status, code) => {
    const { begin, of, count } = await open(revision);
    const task = await begin(tool);
    await task.result().catch(() => {});
    await expect.poll(() => of(tool)).toMatchObject([{ status, ...(code && { code }) }]);
    expect(await count(...calls(tool, String(code ?? status)))).toBe(1);
  });

  test("that is cancelled is told of as such", async () => {
    const { gate, begin, of, count } = await open(revision);
    const task = await begin("wait");
    await gate.begun;
    await task.cancel();
    await expect.poll(() => of("wait")).toMatchObject([{ status: "cancelled" }]);
    expect(await count(...calls("wait", "cancelled"))).toBe(1);
    expect(await count("calls_in_flight")).toBe(0);
  });

  test("that asks is told of for each time it runs, as any call that asks", async () => {
    const { begin, of } = await open(revision);
    const task = await begin("ask");
    await task.result();
    await expect
      .poll(() => of("ask").map(({ status }) => status))
      .toEqual(["input_required", "input_required", "ok"]);
    expect(new Set(of("ask").map((line) => `${line.requestId} ${line.traceId}`)).size).toBe(1);
  });
});
