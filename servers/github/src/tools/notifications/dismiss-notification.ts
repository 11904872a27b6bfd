import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { threadId } from "./inputs.ts";
import { requireThread } from "./thread.ts";

/** Marks a notification as read, or takes it away. */
export const dismissNotification = githubTool({
  name: "dismiss_notification",
  toolset: "notifications",
  description: "Mark a notification as read, or as done: then it is gone from the inbox.",
  effect: "writes",
  scopes: ["notifications", "repo"],
  bound: "results",
  input: s.object({ threadID: threadId, state: s.enum(["read", "done"]) }),
  output: thing,
  async run({ threadID, state }, github, call) {
    await requireThread(threadID, github, call);
    const { activity } = github.rest;
    const mark = state === "done" ? activity.markThreadAsDone : activity.markThreadAsRead;
    await mark({ thread_id: Number(threadID) });
    return { data: { id: threadID, state }, from: [] };
  },
});
