import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { threadId } from "./inputs.ts";
import { mayShowTitle, placeOf, readThread, shownThread } from "./thread.ts";

/** One notification. */
export const getNotificationDetails = githubTool({
  name: "get_notification_details",
  toolset: "notifications",
  description: "A notification by its id.",
  effect: "reads",
  scopes: ["notifications", "repo"],
  bound: "results",
  input: s.object({ notificationID: threadId }),
  output: thing,
  async run({ notificationID }, github, call) {
    const thread = await readThread(notificationID, github, call);
    const mayShow = await mayShowTitle(thread, github, call);
    return {
      data: shownThread(thread, mayShow),
      note: withheldNote(mayShow ? 0 : 1),
      from: [placeOf(thread)],
    };
  },
});
