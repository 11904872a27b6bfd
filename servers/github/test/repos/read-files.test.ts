import { refusal, structured, succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { openSite, SITE } from "../support/repos.ts";

const NAME = "get_file_contents";

test("a file is shown as text with the sha that replaces it, and no token", async () => {
  const { client, site } = await openSite();
  site.commit({ "docs/a.md": "# Grüße\n" });
  const args = { ...SITE, path: "/docs/a.md" };
  const { content, structuredContent } = await succeed(client, NAME, args);
  expect(structuredContent).toMatchObject({
    type: "file",
    path: "docs/a.md",
    content: "# Grüße\n",
    sha: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  expect(JSON.stringify(content)).not.toContain("secret-of-a-download");
  expect(JSON.parse((content[0] as { text: string }).text).content).toBe("# Grüße\n");
});

test("a directory is listed, with the fields that are asked for", async () => {
  const { client, site } = await openSite();
  site.commit({ "README.md": "x", "src/a.ts": "a", link: { link: "README.md" } });
  const { entries } = await structured(client, NAME, { ...SITE, fields: ["name", "type"] });
  expect(entries).toEqual([
    { name: "README.md", type: "file" },
    { name: "link", type: "symlink" },
    { name: "src", type: "dir" },
  ]);
});

test("a directory with more entries than GitHub shows says so", async () => {
  const { client, site } = await openSite();
  site.commit(Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`file-${at}`, "x"])));
  const args = { ...SITE, fields: ["name"] };
  const { content, structuredContent } = await succeed(client, NAME, args);
  expect((structuredContent as { entries: object[] }).entries).toHaveLength(1_000);
  expect(JSON.stringify(content)).toContain("get_repository_tree shows all");
});

test("a repository without any commit is called empty", async () => {
  const { client } = await openSite();
  expect(await refusal(client, NAME, SITE)).toBe("The repository is empty.");
});

test.each([
  ["branch", { ref: "old" }],
  ["branch in full", { ref: "refs/heads/old" }],
  ["tag", { ref: "v1" }],
  ["branch, as the archived server called it", { branch: "old" }],
])("a file is read at a %s", async (_, at) => {
  const { client, site } = await openSite();
  site.refs.set("tags/v1", site.commit({ a: "old" }, { branch: "old" }));
  site.commit({ a: "new" });
  expect(await structured(client, NAME, { ...SITE, path: "a", ...at })).toMatchObject({
    content: "old",
  });
});

test("a file costs one request", async () => {
  const { client, github, site } = await openSite();
  site.commit({ a: "x" });
  await succeed(client, NAME, { ...SITE, path: "a", ref: "main" });
  expect(github.requests.map(({ path }) => path)).toEqual(["/repos/octo/site/contents/a"]);
});

test("a commit goes before a ref", async () => {
  const { client, site } = await openSite();
  const sha = site.commit({ a: "old" });
  site.commit({ a: "new" });
  const args = { ...SITE, path: "a", sha, ref: "main" };
  expect(await structured(client, NAME, args)).toMatchObject({ content: "old" });
});

test("main is the default branch where there is no main, and that is said", async () => {
  const { client, github, site } = await openSite();
  site.commit({ a: "x" }, { branch: "trunk" });
  Object.assign(site, { defaultBranch: "trunk" });
  const { content } = await succeed(client, NAME, { ...SITE, path: "a", ref: "main" });
  expect(JSON.stringify(content)).toContain("There is no main; this is of trunk.");
  expect(await refusal(client, NAME, { ...SITE, path: "a", ref: "other" })).toBe(
    "There is no branch or tag other; the default branch is trunk.",
  );
  expect(github.requests.length).toBeGreaterThan(2);
});

test("where there is nothing, what may have been meant is named as a person would see it", async () => {
  const { client, site } = await openSite();
  site.commit({ "docs/guide\u200b/intro.md": "x" });
  expect(await refusal(client, NAME, { ...SITE, path: "guide/Intro.md" })).toBe(
    "There is no guide/Intro.md at main; there is docs/guide/intro.md.",
  );
});

test.each([
  [{ path: "../x" }, '"../x" is no path inside a repository.'],
  [{ path: "a/.git/config" }, '"a/.git/config" is no path inside a repository.'],
  [{ ref: "--output=x" }, '"--output=x" cannot be the name of a branch, a tag or a commit.'],
  [{ ref: "a..b" }, '"a..b" cannot be the name of a branch, a tag or a commit.'],
])("%j is refused before anything is asked", async (args, says) => {
  const { client, github } = await openSite();
  expect(await refusal(client, NAME, { ...SITE, ...args })).toBe(says);
  expect(github.requests).toEqual([]);
});

test("names with every character of an address reach GitHub as they are", async () => {
  const { client, site } = await openSite();
  site.commit({ "a b/50%?x=1#y.txt": "here" }, { branch: "feature/ä#1" });
  const args = { ...SITE, path: "a b/50%?x=1#y.txt", ref: "feature/ä#1" };
  expect(await structured(client, NAME, args)).toMatchObject({ content: "here" });
});

test("bytes come as a resource, of the type they begin like", async () => {
  const { client, site } = await openSite();
  const png = Buffer.from("89504e470d0a1a0a0000", "hex");
  site.commit({ "logo.png": png });
  const { content, structuredContent } = await succeed(client, NAME, { ...SITE, path: "logo.png" });
  expect(structuredContent).toMatchObject({ mime_type: "image/png", size: 10 });
  expect(content).toContainEqual({
    type: "resource",
    resource: {
      uri: "repo://octo/site/contents/logo.png",
      mimeType: "image/png",
      blob: png.toString("base64"),
    },
  });
});

test.each([
  [{}, "repo://octo/site/contents/big%20file"],
  [{ ref: "fix/it" }, "repo://octo/site/refs/heads/fix%2Fit/contents/big%20file"],
])("a large file is a link to a resource, %j", async (at, uri) => {
  const { client, site } = await openSite();
  site.commit({ "big file": "x".repeat(2_000_000) });
  site.refs.set("heads/fix/it", site.refs.get("heads/main")!);
  const { content, structuredContent } = await succeed(client, NAME, {
    ...SITE,
    path: "big file",
    ...at,
  });
  expect(content).toContainEqual(
    expect.objectContaining({ type: "resource_link", uri, size: 2_000_000 }),
  );
  expect(structuredContent).not.toHaveProperty("content");
});

test("a long file is read to its end by its lines", async () => {
  const { client, site } = await openSite();
  const lines = Array.from({ length: 3_000 }, (_, at) => `${at} ${"é".repeat(20)}\n`);
  site.commit({ long: lines.join("") });
  let read = "";
  let next: unknown = 1;
  while (next !== undefined) {
    const page = await structured(client, NAME, { ...SITE, path: "long", start_line: next });
    expect(JSON.stringify(page).length).toBeLessThan(45_000);
    read += page.content;
    next = page.next_line;
  }
  expect(read).toBe(lines.join(""));
  const args = { ...SITE, path: "long", start_line: 3, end_line: 4 };
  expect(await structured(client, NAME, args)).toMatchObject({
    content: lines.slice(2, 4).join(""),
    total_lines: 3_000,
  });
});

test("a link is read as the file it leads to, and named where it leads elsewhere", async () => {
  const { client, site } = await openSite();
  site.commit({
    "real.txt": "real",
    "docs/near": { link: "../real.txt" },
    far: { link: "/etc/passwd" },
  });
  expect(await structured(client, NAME, { ...SITE, path: "docs/near" })).toMatchObject({
    content: "real",
  });
  const { content, structuredContent } = await succeed(client, NAME, { ...SITE, path: "far" });
  expect(structuredContent).toMatchObject({ type: "symlink", target: "/etc/passwd" });
  expect(JSON.stringify(content)).toContain("It leads out of the repository.");
});

test("a submodule and a pointer of Git LFS are named for what they are", async () => {
  const { client, site } = await openSite();
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 9\n`;
  const url = "https://github.com/other/lib.git";
  site.commit({ lib: { submodule: "1".repeat(40), url }, "big.bin": pointer });
  expect(await structured(client, NAME, { ...SITE, path: "lib" })).toMatchObject({
    type: "submodule",
    submodule_git_url: url,
  });
  const { content } = await succeed(client, NAME, { ...SITE, path: "big.bin" });
  expect(JSON.stringify(content)).toContain("the file itself is kept in Git LFS");
});

test("GH2: code is shown without what nobody sees, and that is said before it is written back", async () => {
  const { client, site } = await openSite();
  site.commit({ a: "if (x\u202e) {} // <!-- kept -->\u{e0041}\n" });
  const { content, structuredContent } = await succeed(client, NAME, { ...SITE, path: "a" });
  expect(structuredContent).toMatchObject({ content: "if (x) {} // <!-- kept -->\n" });
  expect(JSON.stringify(content)).toContain("Characters that nobody sees are left out here");
});

test("the tree of a branch is shown at once, or below a path", async () => {
  const { client, site } = await openSite();
  site.commit({ "README.md": "x", "src/a.ts": "a", "src/lib/b.ts": "b" });
  const names = async (args: object) => {
    const answer = await structured(client, "get_repository_tree", { ...SITE, ...args });
    return (answer.tree as { path: string }[]).map(({ path }) => path);
  };
  expect(await names({})).toEqual(["README.md", "src"]);
  expect(await names({ tree_sha: "refs/heads/main" })).toEqual(["README.md", "src"]);
  expect(await names({ recursive: true, tree_sha: "main", path_filter: "src/" })).toEqual([
    "src/a.ts",
    "src/lib",
    "src/lib/b.ts",
  ]);
  expect(await names({ recursive: true, perPage: 2, page: 3 })).toEqual(["src/lib/b.ts"]);
  const page = await structured(client, "get_repository_tree", { ...SITE, perPage: 1 });
  expect(page).toMatchObject({ count: 2, tree: [{ path: "README.md" }], next_page: 2 });
});
