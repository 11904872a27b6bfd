import { type Context, JSON_RPC, prompt, RpcError } from "@portico/core";
import type { Deps } from "../deps.ts";
import { completePull } from "../resources/complete.ts";
import { pullRequestRead } from "../tools/pull-requests/pull-request-read.ts";
import { taskWith } from "./attached.ts";
import { placeArguments } from "./place.ts";

/** Asks for a review of a pull request, with the pull request and what it changes. */
export const codeReview = prompt({
  name: "code_review",
  title: "Review a pull request",
  description: "A review of a pull request: what is wrong, what is missing, what to change.",
  arguments: {
    ...placeArguments,
    pullNumber: { description: "Its number", required: true, complete: completePull },
  },
  run({ owner, repo, pullNumber }, ctx: Context<Deps>) {
    if (!/^[1-9]\d{0,14}$/.test(pullNumber)) {
      throw new RpcError(JSON_RPC.invalidParams, "pullNumber must be a number.");
    }
    const place = { owner, repo };
    const read = (method: string) => ({ ...place, method, pullNumber: Number(pullNumber) });
    const uri = `github://repos/${owner}/${repo}/pulls/${pullNumber}`;
    const task = [
      `Review pull request ${pullNumber} of ${owner}/${repo}, which follows with the files it changes.`,
      "Say first in two sentences what it does and whether it does what its description says. Then list what you found, the worst first: faults, security, data that can be lost, missing tests, what will be hard to change later. For each name the file and line, why it matters, and the change you propose. Leave out what is only taste. Where the diff does not show enough, read the file with get_file_contents at the head of the pull request before you judge.",
      "End with one word: approve, comment or request changes. Post nothing unless I say so; then use pull_request_review_write.",
    ];
    return taskWith(
      task.join("\n\n"),
      [
        { uri, tool: pullRequestRead, args: read("get") },
        { uri: `${uri}/files`, tool: pullRequestRead, args: read("get_files") },
      ],
      ctx,
    );
  },
});
