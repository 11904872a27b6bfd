import { type Changes, type Context, elicit, s, tool } from "@portico/core";

/** What the tools that announce changes need. */
export interface Deps {
  readonly changes: Changes;
}

const PAUSE_MS = 50;
const RETRY_MS = 500;

/** Time passes, as it does in real work. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** Tools that say something while they run, or to others than their caller. */
export const runningTools = [
  tool({
    name: "test_tool_with_logging",
    description: "Logs three times while it runs.",
    async run(_, ctx) {
      ctx.log("info", "Tool execution started");
      await pause(PAUSE_MS, ctx.signal);
      ctx.log("info", "Tool processing data");
      await pause(PAUSE_MS, ctx.signal);
      ctx.log("info", "Tool execution completed");
      return "Logged three times.";
    },
  }),
  tool({
    name: "test_logging_tool",
    description: "Logs once, to those who asked for it.",
    run(_, ctx) {
      ctx.log("info", "Asked for");
      return "Logged.";
    },
  }),
  tool({
    name: "test_tool_with_progress",
    description: "Reports progress three times while it runs.",
    async run(_, ctx) {
      for (const progress of [0, 50, 100]) {
        ctx.progress(progress, 100, `Completed step ${progress} of 100`);
        await pause(PAUSE_MS, ctx.signal);
      }
      return "Progressed.";
    },
  }),
  tool({
    name: "test_reconnection",
    description: "Hangs up on its caller, who has to come back for the answer.",
    async run(_, ctx) {
      ctx.hangUp(RETRY_MS);
      await pause(2 * PAUSE_MS, ctx.signal);
      return "Reconnection test completed successfully. If you received this, the client properly reconnected after stream closure.";
    },
  }),
  tool({
    name: "test_trigger_tool_change",
    description: "Says that the list of tools has changed.",
    run(_, ctx: Context<Deps>) {
      ctx.deps.changes.listChanged("tools");
      return "Announced.";
    },
  }),
  tool({
    name: "test_trigger_prompt_change",
    description: "Says that the list of prompts has changed.",
    run(_, ctx: Context<Deps>) {
      ctx.deps.changes.listChanged("prompts");
      return "Announced.";
    },
  }),
  tool({
    name: "test_streaming_elicitation",
    description: "Reports progress, then asks.",
    async run(_, ctx) {
      ctx.progress(1, 2);
      const { action } = await ctx.ask(
        "name",
        elicit("Your name?", s.object({ name: s.string() })),
      );
      return `The user answered: ${action}`;
    },
  }),
];
