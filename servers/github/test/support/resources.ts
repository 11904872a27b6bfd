import { type Client, connect, httpClient, type ServerDefinition } from "@portico/core";
import { serveHttp } from "@portico/core/node";
import type { TestConnectOptions } from "@portico/core/testing";
import { clientOf } from "@portico/testing-servers";
import { onTestFinished } from "vitest";
import { parseHost } from "../../src/api/base.ts";
import { tokenCredentials } from "../../src/auth/credential.ts";
import type { Settings } from "../../src/create-deps.ts";
import { selectionOf } from "../../src/selection.ts";
import { gitHub } from "../../src/server.ts";
import { completionRoutes } from "../fake/completions.ts";
import { type FakeGitHub, fakeGitHub } from "../fake/github.ts";
import { graphqlRoutes } from "../fake/graphql.ts";
import { addRepository } from "../fake/hub.ts";
import { issueAnswers } from "../fake/issue-graphql.ts";
import { issueRoutes } from "../fake/issues.ts";
import { pullAnswers } from "../fake/pull-graphql.ts";
import { pullRoutes } from "../fake/pulls.ts";
import type { FakeRepository } from "../fake/repository.ts";
import { Tracker } from "../fake/tracker.ts";
import { routes } from "./repos.ts";

/** Milliseconds between two looks: so short that no test waits, and every state is still looked at. */
const EVERY_MS = 5;

/** The GitHub of a test. */
interface Opened {
  readonly github: FakeGitHub;
  readonly site: FakeRepository;
  readonly tracker: Tracker;
}

/** A client on a GitHub with the public repository `octo/site`, its files and its tracker. */
export async function openResources(
  settings: Partial<Settings> = {},
  client: TestConnectOptions = {},
): Promise<Opened & { client: Client }> {
  const { server, ...opened } = await start(settings);
  return { ...opened, client: await clientOf(server, client) };
}

/** The same served over HTTP, for several callers. */
export async function serveResources(): Promise<Opened & { url: string }> {
  const { server, ...opened } = await start({});
  const served = await serveHttp(server);
  onTestFinished(() => served.close());
  return { ...opened, url: served.url };
}

/** A caller of it, with headers of its own. */
export async function clientAt(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Client> {
  const clientInfo = { name: "test", version: "1.0.0" };
  const client = await connect(httpClient(url, { headers }), { clientInfo });
  onTestFinished(() => client.close());
  return client;
}

async function start(settings: Partial<Settings>): Promise<Opened & { server: ServerDefinition }> {
  const github = await fakeGitHub({
    routes: [
      completionRoutes,
      issueRoutes,
      pullRoutes,
      graphqlRoutes(issueAnswers, pullAnswers),
      ...routes,
    ],
  });
  onTestFinished(() => github[Symbol.asyncDispose]());
  const server = gitHub(
    {
      addresses: parseHost(github.url, "GITHUB_HOST"),
      credentials: tokenCredentials("good"),
      selection: selectionOf({ toolsets: ["all"] }),
      ...settings,
    },
    EVERY_MS,
  );
  onTestFinished(() => server.close());
  const site = addRepository(github.world, {
    owner: "octo",
    name: "site",
    collaborators: { octocat: "write", maintainer: "maintain" },
  });
  site.commit({ "README.md": "# Site", "src/a b.ts": "export {};\n", "src/deep/c.ts": "" });
  const tracker = github.world.of(Tracker);
  return { server, github, site, tracker };
}
