import { expect, test } from "vitest";
import { textOf } from "./content.ts";
import type { Visit } from "./everything.ts";

/** What happens while a call runs: progress, logs, cancellation. */
export function testRunning(visit: Visit): void {
  const { revision } = visit;

  test("progress arrives in order, before the answer", async () => {
    const reports: object[] = [];
    // The official clients lose reports that come with the answer: the tool waits until each is heard.
    const onProgress = (report: object) => {
      reports.push(report);
      void visit.peer.callTool("proceed");
    };
    await visit.peer.callTool("work", { steps: 3 }, { onProgress });
    expect(reports).toMatchObject([
      { progress: 1, total: 3 },
      { progress: 2, total: 3 },
      { progress: 3, total: 3 },
    ]);
    const messages = reports.map((report) => (report as { message?: string }).message);
    const none = [undefined, undefined, undefined];
    expect(messages).toEqual(revision < "2025-03-26" ? none : ["step 1", "step 2", "step 3"]);
  });

  test("logs arrive from the level asked for", async () => {
    await visit.peer.setLogLevel("warning");
    visit.logs.takeAll();
    await visit.peer.callTool("log");
    expect(await visit.logs.next()).toEqual({
      level: "warning",
      logger: "worker",
      data: "look out",
    });
    await visit.peer.setLogLevel("debug");
    await visit.peer.callTool("log");
    expect(await visit.logs.next()).toMatchObject({ level: "debug", data: { detail: 1 } });
    expect(await visit.logs.next()).toMatchObject({ level: "warning" });
  });

  test("a cancelled call ends in the server, which goes on serving", async () => {
    const control = new AbortController();
    const onProgress = () => control.abort(new Error("enough"));
    const call = visit.peer.callTool("hang", {}, { signal: control.signal, onProgress });
    await expect(call).rejects.toThrow("enough");
    // Over HTTP the next call may overtake the cancellation, on another connection.
    const cancelled = async () => JSON.parse(textOf(await visit.peer.callTool("cancelled")));
    await expect.poll(cancelled, { timeout: 10_000 }).toEqual({ calls: 1 });
  });

  test("calls run at the same time", async () => {
    const sums = Array.from({ length: 50 }, async (_, a) => {
      const result = await visit.peer.callTool("add", { a, b: 0 });
      return JSON.parse(textOf(result)).sum;
    });
    expect(await Promise.all(sums)).toEqual(Array.from({ length: 50 }, (_, a) => a));
  });

  test.runIf(revision < "2026-07-28")("a ping is answered", async () => {
    expect(await visit.peer.ping()).toEqual({});
  });
}
