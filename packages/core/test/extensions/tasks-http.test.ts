import { connect, type ElicitRequestParams, type ElicitResult, httpClient } from "@portico/core";
import { startTask, TaskHandle, takeTasks } from "@portico/core/extensions/tasks";
import { serveHttp } from "@portico/core/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { Gate, jobs } from "./jobs.ts";

const onElicit = ({ message }: ElicitRequestParams): ElicitResult =>
  message === "Sure?"
    ? { action: "accept", content: {} }
    : { action: "accept", content: { name: message } };

describe.each(["2025-11-25", "2026-07-28"] as const)("tasks of %s over HTTP", (revision) => {
  test("run, ask, end and are cancelled, under headers that name them", async () => {
    const gate = new Gate();
    const serving = await serveHttp(jobs({}, gate), { port: 0 });
    onTestFinished(() => serving.close());
    const named: (string | null)[] = [];
    const client = await connect(
      httpClient(serving.url, {
        fetch(input, init) {
          const headers = new Headers(init?.headers);
          if (headers.get("Mcp-Method")?.startsWith("tasks/")) named.push(headers.get("Mcp-Name"));
          return fetch(input, init);
        },
      }),
      {
        clientInfo: { name: "test", version: "1.0.0" },
        revision,
        onElicit,
        extensions: [takeTasks()],
      },
    );
    onTestFinished(() => client.close());
    await client.listTools();
    expect(await client.callTool("ask")).toMatchObject({
      content: [{ text: "First name? Last name?: accept" }],
    });
    const task = await startTask(client, "wait");
    if (!(task instanceof TaskHandle)) throw new Error("The tool answered at once.");
    await gate.begun;
    await task.cancel();
    expect(await task.state()).toMatchObject({ status: "cancelled" });
    expect(named.every((name) => name?.length === task.id.length)).toBe(true);
    expect(named.includes(task.id)).toBe(revision === "2026-07-28");
  });
});
