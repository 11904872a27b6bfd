import type { Client } from "@portico/core";
import { blameAnswers } from "../fake/blame.ts";
import { contentsRoutes } from "../fake/contents.ts";
import { contextRoutes } from "../fake/context.ts";
import { gistsRoutes } from "../fake/gists.ts";
import { gitRoutes } from "../fake/git.ts";
import type { FakeGitHub } from "../fake/github.ts";
import { graphqlRoutes } from "../fake/graphql.ts";
import { addRepository } from "../fake/hub.ts";
import { labelAnswers, labelsRoutes } from "../fake/labels.ts";
import { reposRoutes } from "../fake/repos.ts";
import type { FakeRepository } from "../fake/repository.ts";
import { searchRoutes } from "../fake/search.ts";
import { starsRoutes } from "../fake/stars.ts";
import { type OpenOptions, open } from "./servers.ts";

/** Everything about repositories. */
export const routes = [
  contextRoutes,
  reposRoutes,
  gitRoutes,
  contentsRoutes,
  gistsRoutes,
  labelsRoutes,
  starsRoutes,
  searchRoutes,
  graphqlRoutes(labelAnswers, blameAnswers),
];

/** A client on a fake with the public repository octo/site, which octocat may push to. */
export async function openSite(
  options: OpenOptions = {},
): Promise<{ client: Client; github: FakeGitHub; site: FakeRepository }> {
  const { client, github } = await open({ routes, ...options });
  const site = addRepository(github.world, {
    owner: "octo",
    name: "site",
    description: "A site",
    collaborators: { octocat: "write", maintainer: "maintain", reader: "read" },
  });
  return { client, github, site };
}

/** The arguments that name it. */
export const SITE = { owner: "octo", repo: "site" };
