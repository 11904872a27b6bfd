import type { Client } from "@portico/core";
import { discussionAnswers } from "../fake/discussions.ts";
import type { FakeGitHub } from "../fake/github.ts";
import { graphqlRoutes } from "../fake/graphql.ts";
import { issueAnswers } from "../fake/issue-graphql.ts";
import { issueRoutes } from "../fake/issues.ts";
import { projectAnswers } from "../fake/project-graphql.ts";
import { projectRoutes } from "../fake/projects.ts";
import { pullAnswers } from "../fake/pull-graphql.ts";
import { pullRoutes } from "../fake/pulls.ts";
import { Tracker } from "../fake/tracker.ts";
import { type OpenOptions, open } from "./servers.ts";

/** A client on a GitHub with the public repository `octo/site`, where octocat may push, and its tracker. */
export async function openTracker(
  options: OpenOptions = {},
): Promise<{ client: Client; github: FakeGitHub; tracker: Tracker }> {
  const graphql = graphqlRoutes(issueAnswers, pullAnswers, discussionAnswers, projectAnswers);
  const routes = [issueRoutes, pullRoutes, projectRoutes, graphql];
  const opened = await open({ ...options, routes: [...(options.routes ?? []), ...routes] });
  const collaborators = new Map([["octocat", "write"]]);
  opened.github.world.add({ owner: "octo", name: "site", private: false, collaborators });
  return { ...opened, tracker: opened.github.world.of(Tracker) };
}
