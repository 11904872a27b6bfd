import { type Context, prompt } from "@portico/core";
import type { Deps } from "../deps.ts";
import { listIssues } from "../tools/issues/list-issues.ts";
import { listPullRequests } from "../tools/pull-requests/list-pull-requests.ts";
import { getFileContents } from "../tools/repos/get-file-contents.ts";
import { listCommits } from "../tools/repos/list-commits.ts";
import { taskWith } from "./attached.ts";
import { placeArguments } from "./place.ts";

const SOME = { perPage: 10 };

/** Brings a model up to date with a repository. */
export const projectContext = prompt({
  name: "project_context",
  title: "Get to know a project",
  description: "What a repository is, how it is built up and what goes on in it.",
  arguments: placeArguments,
  run({ owner, repo }, ctx: Context<Deps>) {
    const place = { owner, repo };
    const files = `repo://${owner}/${repo}/contents`;
    const things = `github://repos/${owner}/${repo}`;
    const open = { ...place, ...SOME, state: "OPEN", orderBy: "UPDATED_AT" };
    const task = `Get to know ${owner}/${repo} from what follows: its files, README, latest commits, open issues and pull requests. Tell me in half a page what it is for, how it is built up, how it is built and tested, what is being worked on, and what you would read next. Then wait for my question.`;
    return taskWith(
      task,
      [
        { uri: files, tool: getFileContents, args: { ...place, path: "" } },
        ...["README.md", "CONTRIBUTING.md"].map((path) => ({
          uri: `${files}/${path}`,
          tool: getFileContents,
          args: { ...place, path },
          isOptional: true,
        })),
        { uri: `${things}/commits`, tool: listCommits, args: { ...place, ...SOME } },
        { uri: `${things}/issues`, tool: listIssues, args: open, isOptional: true },
        {
          uri: `${things}/pulls`,
          tool: listPullRequests,
          args: { ...place, ...SOME, state: "open" },
          isOptional: true,
        },
      ],
      ctx,
    );
  },
});
