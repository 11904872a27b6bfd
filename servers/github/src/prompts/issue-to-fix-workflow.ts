import { prompt } from "@portico/core";
import { placeArguments } from "./place.ts";

/** From a problem to an issue to the pull request that mends it. */
export const issueToFixWorkflow = prompt({
  name: "issue_to_fix_workflow",
  title: "From a problem to its fix",
  description: "Writes an issue about a problem and has Copilot open a pull request that fixes it.",
  arguments: {
    ...placeArguments,
    title: { description: "Title of the issue", required: true },
    description: { description: "What is wrong", required: true },
    labels: { description: "Labels, with commas between them" },
    assignees: { description: "Who else it is assigned to, with commas between them" },
  },
  run({ owner, repo, title, description, labels, assignees }) {
    const extras = [
      ...(labels === undefined ? [] : [`Labels: ${labels}`]),
      ...(assignees === undefined ? [] : [`Assignees: ${assignees}`]),
    ];
    return [
      `Bring this problem in ${owner}/${repo} to a fix.`,
      [`Title: ${title}`, `What is wrong: ${description}`, ...extras].join("\n"),
      "1. Search the open issues with search_issues. If one is about the same problem, show it to me and ask before you go on.",
      "2. Create the issue with issue_write: what happens, what should happen, how to see it, and what must be true when it is fixed, so that somebody who was not here can do the work. Invent nothing; ask me for what is missing.",
      "3. Give it to Copilot with assign_copilot_to_issue. If that is not offered or refused, tell me why and stop.",
      "4. Look with list_pull_requests for the pull request that closes the issue, and tell me its address and state. Merge nothing.",
    ].join("\n\n");
  },
});
