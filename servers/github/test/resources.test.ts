import type { Client } from "@portico/core";
import { readJson, readText } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseAllowList } from "../src/bounds/allow-list.ts";
import { selectionOf } from "../src/selection.ts";
import { shaOf } from "./fake/pulls.ts";
import { clientAt, openResources, serveResources } from "./support/resources.ts";

const FILES = "repo://octo/site/contents";
const THINGS = "github://repos/octo/site";

/** What is said when a resource cannot be read. */
async function refused(client: Client, uri: string): Promise<string> {
  return client.readResource(uri).then(
    () => "It was read.",
    (error: Error) => error.message,
  );
}

/** What of a subscription is granted; the revisions before 2026-07-28 refuse it instead. */
async function watched(client: Client, uri: string): Promise<readonly string[]> {
  const subscription = await client.subscribe({ uris: [uri] }).catch(() => undefined);
  await subscription?.close();
  return subscription?.granted.uris ?? [];
}

test("the families of resources are published", async () => {
  const { client } = await openResources();
  const templates = (await client.listResourceTemplates()).map(({ uriTemplate }) => uriTemplate);
  expect(templates).toEqual([
    "repo://{owner}/{repo}/contents{/path*}",
    "repo://{owner}/{repo}/refs/heads/{branch}/contents{/path*}",
    "repo://{owner}/{repo}/sha/{sha}/contents{/path*}",
    "repo://{owner}/{repo}/refs/tags/{tag}/contents{/path*}",
    "repo://{owner}/{repo}/refs/pull/{prNumber}/head/contents{/path*}",
    "github://repos/{owner}/{repo}/issues",
    "github://repos/{owner}/{repo}/issues/{number}",
    "github://repos/{owner}/{repo}/issues/{number}/comments",
    "github://repos/{owner}/{repo}/pulls",
    "github://repos/{owner}/{repo}/pulls/{number}",
    "github://repos/{owner}/{repo}/pulls/{number}/files",
    "github://repos/{owner}/{repo}/releases",
    "github://repos/{owner}/{repo}/releases/{tag}",
    "github://repos/{owner}/{repo}/commits",
  ]);
});

test("a file is read at the default branch, a branch, a tag, a commit and a pull request", async () => {
  const { client, site, tracker } = await openResources();
  const first = site.commit({ "v.txt": "one" });
  site.refs.set("tags/v1", first);
  site.commit({ "v.txt": "two" });
  site.refs.set("heads/fix/it", first);
  const fixed = site.commit({ "v.txt": "three" }, { branch: "fix/it" });
  const pull = tracker.add("octo/site", { author: "octocat", pull: { head: "theirs" } });
  // The pull request's commit, under the id the fake gives it.
  site.refs.set(shaOf(pull.pull!), site.commit({ "v.txt": "four" }, { branch: "theirs" }));
  const read = (of: string) => readText(client, `repo://octo/site/${of}contents/v.txt`);
  expect(await read("")).toBe("two");
  expect(await read("refs/heads/fix%2Fit/")).toBe("three");
  expect(await read("refs/tags/v1/")).toBe("one");
  expect(await read(`sha/${fixed}/`)).toBe("three");
  expect(await read(`refs/pull/${pull.number}/head/`)).toBe("four");
});

test("text has its type and no characters nobody sees; what is no text is a blob", async () => {
  const { client, site } = await openResources();
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
  site.commit({ "a.md": "# A\u202e<!-- kept -->\u200b", "b.png": bytes });
  const [text] = (await client.readResource(`${FILES}/a.md`)).contents;
  expect(text).toEqual({
    uri: `${FILES}/a.md`,
    mimeType: "text/markdown",
    text: "# A<!-- kept -->",
    _meta: { "io.github.portico-mcp/untrusted": true },
  });
  const [image] = (await client.readResource(`${FILES}/b.png`)).contents;
  expect(image).toMatchObject({ mimeType: "image/png", blob: bytes.toString("base64") });
});

test("a directory is its entries, each with its own URI", async () => {
  const { client } = await openResources();
  expect(await readJson(client, FILES)).toMatchObject({
    entries: [{ name: "README.md" }, { type: "dir", name: "src", uri: `${FILES}/src` }],
  });
  const { entries } = await readJson<{ entries: { uri: string }[] }>(client, `${FILES}/src`);
  expect(await readText(client, entries[0]!.uri)).toBe("export {};\n");
});

test("a file of more than a megabyte is read whole, one of more than ten is refused with the way to it", async () => {
  const { client, site } = await openResources();
  site.commit({ large: "x".repeat(2_000_000), larger: Buffer.alloc(10_000_001) });
  expect(await readText(client, `${FILES}/large`)).toHaveLength(2_000_000);
  expect(await refused(client, `${FILES}/larger`)).toContain("clone the repository");
});

test.each([
  `${FILES}/nothing.md`,
  "repo://octo/none/contents/README.md",
  `${THINGS}/issues/9`,
  `${THINGS}/releases/none`,
])("%s is not found", async (uri) => {
  const { client } = await openResources();
  expect(await refused(client, uri)).toBe(`Resource not found: ${uri}`);
});

test.each([
  `${FILES}/..%2F..%2Fetc`,
  "repo://octo/..%2Fother/contents/a",
  "repo://octo/site/refs/heads/--upload-pack/contents/README.md",
  "repo://octo/site/refs/heads/none/contents/README.md",
  "repo://octo/site/refs/pull/x/head/contents/README.md",
  `${THINGS}/issues/0`,
  `${THINGS}/issues/1e3`,
  "file:///etc/passwd",
])("%s is nothing that can be read (GH5)", async (uri) => {
  const { client } = await openResources();
  expect(await refused(client, uri)).not.toContain("It was read");
});

test("issues, pull requests, releases and commits are read as JSON, as the tools show them", async () => {
  const { client, site, tracker } = await openResources();
  const issue = tracker.add("octo/site", { title: "Broken\u200b", author: "octocat" });
  tracker.comment(issue, "octocat", "Look<!-- hidden -->");
  const files = [{ filename: "a", patch: "@@ -1 +1 @@" }];
  tracker.add("octo/site", { title: "Fix", author: "octocat", pull: { files } });
  const read = (path: string) => readJson(client, `${THINGS}/${path}`);
  expect(await read("issues")).toMatchObject({ issues: [{ number: 1, title: "Broken" }] });
  expect(await read("issues/1")).toMatchObject({ title: "Broken" });
  expect(await read("issues/1/comments")).toMatchObject({ items: [{ body: "Look" }] });
  expect(await read("pulls")).toMatchObject({ pull_requests: [{ number: 2, title: "Fix" }] });
  expect(await read("pulls/2")).toMatchObject({ number: 2, title: "Fix" });
  expect(await read("pulls/2/files")).toMatchObject({ items: [{ filename: "a" }] });
  expect(JSON.stringify(await read("commits"))).toContain(site.resolve("main"));
  expect(await read("releases")).toMatchObject({ releases: [] });
});

test("resources stay inside the allow-list", async () => {
  const { client, github } = await openResources({ allowed: parseAllowList(["octo/other"]) });
  expect(await refused(client, `${FILES}/README.md`)).not.toContain("It was read");
  expect(await refused(client, `${THINGS}/issues`)).not.toContain("It was read");
  expect(await watched(client, `${THINGS}/issues`)).toEqual([]);
  expect(github.requests).toEqual([]);
});

test("a tool that is not offered gives no resource either", async () => {
  const selection = selectionOf({ toolsets: ["repos"], excluded: ["get_file_contents"] });
  const { client } = await openResources({ selection });
  expect(await refused(client, `${FILES}/README.md`)).toContain("get_file_contents");
  expect(await refused(client, `${THINGS}/issues`)).toContain("list_issues");
});

test("headers of a caller narrow its resources, and nobody else's", async () => {
  const { url, tracker } = await serveResources();
  tracker.add("octo/site", { title: "Obey", author: "stranger" });
  const as = (headers: Readonly<Record<string, string>>) => clientAt(url, headers);
  const issue = `${THINGS}/issues/1`;
  expect(await refused(await as({ "X-MCP-Lockdown": "true" }), issue)).toContain("Lockdown");
  const narrow = await as({ "X-MCP-Toolsets": "repos" });
  expect(await refused(narrow, issue)).toContain("issue_read");
  expect(await watched(narrow, issue)).toEqual([]);
  expect(await watched(await as({}), issue)).toEqual([issue]);
  expect(await readText(await as({}), issue)).toContain("Obey");
});

test("lockdown withholds what strangers wrote, and the files of their pull requests (GH3)", async () => {
  const { client, site, tracker } = await openResources({ isLocked: true });
  tracker.add("octo/site", { title: "Obey", author: "stranger" });
  const theirs = tracker.add("octo/site", { author: "stranger", pull: { head: "theirs" } });
  site.refs.set(shaOf(theirs.pull!), site.commit({ evil: "Obey" }, { branch: "gone" }));
  site.refs.delete("heads/gone");
  expect(await readText(client, `${THINGS}/issues`)).not.toContain("Obey");
  expect(await refused(client, `${THINGS}/issues/1`)).toContain("Lockdown");
  expect(await refused(client, `repo://octo/site/refs/pull/2/head/contents/evil`)).toContain(
    "Lockdown",
  );
  expect(await readText(client, `${FILES}/README.md`)).toBe("# Site");
  const { completion } = await client.complete({
    ref: {
      type: "ref/resource",
      uri: "repo://{owner}/{repo}/refs/pull/{prNumber}/head/contents{/path*}",
    },
    argument: { name: "path", value: "" },
    context: { arguments: { owner: "octo", repo: "site", prNumber: "2" } },
  });
  expect(completion.values).toEqual([]);
});

describe("completions", () => {
  type Completed = { name: string; value: string; others?: Record<string, string> };
  const at = (uri: string, client: Client) => (wanted: Completed) =>
    client
      .complete({
        ref: { type: "ref/resource", uri },
        argument: { name: wanted.name, value: wanted.value },
        context: { arguments: wanted.others ?? {} },
      })
      .then(({ completion }) => completion.values);
  const site = { owner: "octo", repo: "site" };

  test("name owners, repositories and numbers", async () => {
    const { client, tracker } = await openResources();
    tracker.add("octo/site", { author: "octocat" });
    tracker.add("octo/site", { author: "octocat", pull: {} });
    const complete = at("repo://{owner}/{repo}/refs/pull/{prNumber}/head/contents{/path*}", client);
    expect(await complete({ name: "owner", value: "" })).toEqual(["octocat", "octo-org"]);
    expect(await complete({ name: "owner", value: "octo" })).toEqual([
      "octocat",
      "octo-org",
      "octo",
    ]);
    const others = { owner: "octo" };
    expect(await complete({ name: "repo", value: "si", others })).toEqual(["site"]);
    expect(await complete({ name: "prNumber", value: "", others: site })).toEqual(["2"]);
    const issue = at("github://repos/{owner}/{repo}/issues/{number}", client);
    expect(await issue({ name: "number", value: "", others: site })).toEqual(["1"]);
  });

  test("name branches, tags, commits and paths of the repository chosen before", async () => {
    const { client, site: repository } = await openResources();
    const main = repository.resolve("main")!;
    repository.refs.set("heads/fix/it", main);
    repository.refs.set("tags/v1.0", main);
    const branch = at("repo://{owner}/{repo}/refs/heads/{branch}/contents{/path*}", client);
    expect(await branch({ name: "branch", value: "fi", others: site })).toEqual(["fix/it"]);
    const tag = at("repo://{owner}/{repo}/refs/tags/{tag}/contents{/path*}", client);
    expect(await tag({ name: "tag", value: "v", others: site })).toEqual(["v1.0"]);
    const sha = at("repo://{owner}/{repo}/sha/{sha}/contents{/path*}", client);
    const start = main.slice(0, 4);
    expect(await sha({ name: "sha", value: start, others: site })).toEqual([main]);
    const file = { name: "path", others: { ...site, branch: "fix/it" } };
    expect(await branch({ ...file, value: "" })).toEqual(["README.md", "src/"]);
    expect(await branch({ ...file, value: "src/" })).toEqual(["src/a b.ts", "src/deep/"]);
    expect(await branch({ ...file, value: "src/d" })).toEqual(["src/deep/"]);
  });

  test("suggest nothing before a repository is chosen, and nothing outside of an allow-list", async () => {
    const allowed = parseAllowList(["octo/site", "octocat"]);
    const { client, github } = await openResources({ allowed });
    const complete = at("repo://{owner}/{repo}/contents{/path*}", client);
    expect(await complete({ name: "path", value: "" })).toEqual([]);
    expect(await complete({ name: "owner", value: "octo" })).toEqual(["octo", "octocat"]);
    expect(await complete({ name: "repo", value: "", others: { owner: "octo" } })).toEqual([
      "site",
    ]);
    const others = { owner: "octo", repo: "secret" };
    expect(await complete({ name: "path", value: "", others })).toEqual([]);
    expect(github.requests).toEqual([]);
  });
});

describe.each(["2026-07-28", "2025-06-18"] as const)("in %s", (revision) => {
  test("subscribers are told of a change, by asking GitHub only whether there is one", async () => {
    const { client, github, site } = await openResources({}, { revision });
    const uri = `${FILES}/README.md`;
    const subscription = await client.subscribe({ uris: [uri] });
    onTestFinished(() => subscription.close());
    // Asked again at least once before anything changes: the answer is that it holds.
    await expect.poll(() => github.requests.some(({ status }) => status === 304)).toBe(true);
    site.commit({ "README.md": "# Changed" });
    expect((await subscription.next()).value).toEqual({ kind: "resource", uri });
    expect(await readText(client, uri)).toBe("# Changed");
  });

  test("an issue that is closed is told of, and one that does not exist cannot be watched", async () => {
    const { client, tracker } = await openResources({}, { revision });
    const issue = tracker.add("octo/site", { title: "Broken", author: "octocat" });
    const uri = `${THINGS}/issues/1`;
    const subscription = await client.subscribe({ uris: [uri] });
    onTestFinished(() => subscription.close());
    issue.state = "closed";
    expect((await subscription.next()).value).toEqual({ kind: "resource", uri });
    expect(await watched(client, `${THINGS}/issues/7`)).toEqual([]);
  });
});
