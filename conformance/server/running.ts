import { setTimeout } from "node:timers/promises";
import { type Changes, tool } from "@portico/core";

const PAUSE_MS = 50;
/** How soon a client that was hung up on should come back, and how long the answer then takes. */
const RETRY_MS = 500;
const ANSWER_MS = 100;

const LOGS = ["Tool execution started", "Tool processing data", "Tool execution completed"];

/** Tools that do something while they run: log, report progress, announce changes, hang up. */
export function runningTools(changes: Changes) {
  return [
    tool({
      name: "test_tool_with_logging",
      description: "Logs three messages while it runs.",
      async run(_args, ctx) {
        for (const message of LOGS) {
          ctx.log("info", message);
          await setTimeout(PAUSE_MS, undefined, { signal: ctx.signal });
        }
        return "Three messages were logged.";
      },
    }),
    tool({
      name: "test_tool_with_progress",
      description: "Reports progress three times while it runs.",
      async run(_args, ctx) {
        for (const progress of [0, 50, 100]) {
          ctx.progress(progress, 100, `${progress} of 100`);
          await setTimeout(PAUSE_MS, undefined, { signal: ctx.signal });
        }
        return "Progress was reported three times.";
      },
    }),
    tool({
      name: "test_logging_tool",
      description: "Logs, to who asked for it.",
      run(_args, ctx) {
        ctx.log("info", "This is a log message.");
        return "Logged.";
      },
    }),
    tool({
      name: "test_reconnection",
      description: "Hangs up before it answers, so that the client must come back for it.",
      async run(_args, ctx) {
        ctx.hangUp(RETRY_MS);
        await setTimeout(ANSWER_MS, undefined, { signal: ctx.signal });
        return "Reconnection test completed.";
      },
    }),
    tool({
      name: "test_trigger_tool_change",
      description: "Announces that the list of tools has changed.",
      run() {
        changes.listChanged("tools");
        return "Announced.";
      },
    }),
    tool({
      name: "test_trigger_prompt_change",
      description: "Announces that the list of prompts has changed.",
      run() {
        changes.listChanged("prompts");
        return "Announced.";
      },
    }),
  ];
}
