import { fileURLToPath } from "node:url";
import { connect, type ElicitRequestParams, type ElicitResult } from "@portico/core";
import { startTask, type TaskHandle, takeTasks } from "@portico/core/extensions/tasks";
import { stdioClient } from "@portico/core/node";
import { describe, expect, onTestFinished, test } from "vitest";

const program = fileURLToPath(new URL("jobs-process.ts", import.meta.url));
const args = ["--conditions=portico-source", program];

const onElicit = ({ message }: ElicitRequestParams): ElicitResult =>
  message === "Sure?"
    ? { action: "accept", content: {} }
    : { action: "accept", content: { name: message } };

describe.each(["2025-11-25", "2026-07-28"] as const)("tasks of %s over stdio", (revision) => {
  test("run, ask and end in a process of their own", async () => {
    const client = await connect(stdioClient({ command: process.execPath, args }), {
      clientInfo: { name: "test", version: "1.0.0" },
      revision,
      onElicit,
      extensions: [takeTasks()],
    });
    onTestFinished(() => client.close());
    await client.listTools();
    expect(await client.callTool("ask")).toMatchObject({
      content: [{ text: "First name? Last name?: accept" }],
    });
    const task = (await startTask(client, "wait")) as TaskHandle;
    await task.cancel();
    expect(await task.state()).toMatchObject({ status: "cancelled" });
  });
});
