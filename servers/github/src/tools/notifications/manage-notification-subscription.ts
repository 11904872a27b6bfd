import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { action, threadId } from "./inputs.ts";
import { left, wanted } from "./subscription.ts";
import { requireThread } from "./thread.ts";

/** Chooses whether more is heard of a thread. */
export const manageNotificationSubscription = githubTool({
  name: "manage_notification_subscription",
  toolset: "notifications",
  description: "Ignore or watch the thread of a notification, or delete the subscription to it.",
  effect: "writes",
  scopes: ["notifications", "repo"],
  bound: "results",
  input: s.object({ notificationID: threadId, action }),
  output: thing,
  async run({ notificationID, action }, github, call) {
    await requireThread(notificationID, github, call);
    const { activity } = github.rest;
    const thread = { thread_id: Number(notificationID) };
    if (action === "delete") await activity.deleteThreadSubscription(thread);
    // A thread has no "subscribed" to set: being heard of is what is left when it is not ignored.
    else await activity.setThreadSubscription({ ...thread, ignored: wanted(action).ignored });
    return { data: { id: notificationID, ...left(action) }, from: [] };
  },
});
