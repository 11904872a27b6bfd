import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { Hub } from "../fake/hub.ts";
import { openSite, SITE } from "../support/repos.ts";

// What the archived server was called with must go on working. Its own schemas say which names it took.

const manifest = createRequire(import.meta.url).resolve(
  "@modelcontextprotocol/server-github/package.json",
);
const operations = path.join(path.dirname(manifest), "dist/operations");

async function argumentsOf(file: string, schema: string): Promise<string[]> {
  const module = await import(pathToFileURL(path.join(operations, file)).href);
  return Object.keys(module[schema].shape).sort();
}

const write = { ...SITE, branch: "main", message: "Write" };
const calls: [string, string, string, object][] = [
  [
    "create_or_update_file",
    "files.js",
    "CreateOrUpdateFileSchema",
    { ...write, path: "a", content: "2", sha: "" },
  ],
  [
    "get_file_contents",
    "files.js",
    "GetFileContentsSchema",
    { ...SITE, path: "a", branch: "main" },
  ],
  ["push_files", "files.js", "PushFilesSchema", { ...write, files: [{ path: "b", content: "b" }] }],
  [
    "search_repositories",
    "repository.js",
    "SearchRepositoriesSchema",
    { query: "site", page: 1, perPage: 2 },
  ],
  [
    "create_repository",
    "repository.js",
    "CreateRepositoryOptionsSchema",
    { name: "new", description: "New", private: true, autoInit: true },
  ],
  ["fork_repository", "repository.js", "ForkRepositorySchema", { ...SITE, organization: "acme" }],
  [
    "create_branch",
    "branches.js",
    "CreateBranchSchema",
    { ...SITE, branch: "new", from_branch: "main" },
  ],
  [
    "list_commits",
    "commits.js",
    "ListCommitsSchema",
    { ...SITE, sha: "main", page: 1, perPage: 1 },
  ],
  [
    "search_code",
    "search.js",
    "SearchCodeSchema",
    { q: "needle", order: "asc", page: 1, per_page: 1 },
  ],
  [
    "search_users",
    "search.js",
    "SearchUsersSchema",
    { q: "octo", order: "asc", page: 1, per_page: 1, sort: "joined" },
  ],
];

test.each(calls)(
  "%s works with all arguments of the archived server",
  async (name, file, schema, args) => {
    const { client, site } = await openSite();
    site.commit({ a: "needle" });
    const given =
      "sha" in args && args.sha === "" ? { ...args, sha: site.objects.blob("needle") } : args;
    expect(Object.keys(given).sort()).toEqual(await argumentsOf(file, schema));
    const { structuredContent } = await succeed(client, name, given);
    expect(structuredContent).toBeTypeOf("object");
  },
);

test("a page and its length reach GitHub under its names", async () => {
  const { client, github } = await openSite();
  await succeed(client, "search_code", { q: "needle", order: "asc", page: 2, per_page: 7 });
  expect(Object.fromEntries(github.requests[0]!.query)).toEqual({
    q: "needle",
    order: "asc",
    page: "2",
    per_page: "7",
  });
  expect(github.world.of(Hub).repositories).toHaveLength(1);
});
