import { refusal, structured, succeed } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { refuse } from "../fake/answers.ts";
import { gitRoutes } from "../fake/git.ts";
import type { FakeRequest } from "../fake/github.ts";
import { openSite, routes, SITE } from "../support/repos.ts";

const ON_MAIN = { ...SITE, branch: "main", message: "Change it" };
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 9\n`;

describe("create_or_update_file", () => {
  const NAME = "create_or_update_file";

  test("creates a file, and replaces it by its sha", async () => {
    const { client, site } = await openSite();
    site.commit({ a: "a" });
    const args = { ...ON_MAIN, path: "docs/ü.md" };
    const made = await structured<{ content: { sha: string }; commit: { sha: string } }>(
      client,
      NAME,
      { ...args, content: "ä" },
    );
    expect(site.refs.get("heads/main")).toBe(made.commit.sha);
    await succeed(client, NAME, { ...args, content: "", sha: made.content.sha });
    expect(site.text("docs/ü.md")).toBe("");
    expect(site.text("a")).toBe("a");
  });

  test("makes the first commit of an empty repository", async () => {
    const { client, site } = await openSite();
    await succeed(client, NAME, { ...ON_MAIN, path: "README.md", content: "# Site" });
    expect(site.text("README.md")).toBe("# Site");
  });

  test("overwrites nothing blindly or by an old sha", async () => {
    const { client, site } = await openSite();
    site.commit({ a: "one" });
    const sha = site.objects.blob("one");
    const args = { ...ON_MAIN, path: "a", content: "mine" };
    expect(await refusal(client, NAME, args)).toBe(
      `a exists: read it on main, then replace it with sha ${sha}.`,
    );
    site.commit({ a: "two" });
    expect(await refusal(client, NAME, { ...args, sha })).toContain("a has changed: read it");
    expect(await refusal(client, NAME, { ...args, path: "b", sha })).toContain("leave sha out");
    expect(site.text("a")).toBe("two");
  });

  test("says which branch there is not", async () => {
    const { client, site } = await openSite();
    site.commit({ a: "one" });
    const args = { ...ON_MAIN, branch: "new", path: "b", content: "" };
    expect(await refusal(client, NAME, args)).toBe("There is no branch new; create it first.");
  });
});

describe("GH6: a write goes where it seems to go", () => {
  const refused: [string, string][] = [
    ["link", "link is a symbolic link to docs/a.md; write to docs/a.md to change the file"],
    ["up/a.md", "up is a symbolic link to docs; write to docs/a.md to change the file"],
    ["out", "out is a symbolic link that leads out of the repository"],
    ["lib", "lib is a submodule; its files are changed in the repository it comes from."],
    ["lib/x.c", "lib is a submodule; its files are changed in the repository it comes from."],
    ["big.bin", "big.bin is kept in Git LFS (9 bytes)"],
    ["docs", "docs is a directory, not a file."],
    ["docs/a.md/b", "docs/a.md is a file, not a directory."],
  ];

  async function openLinked() {
    const opened = await openSite();
    const before = opened.site.commit({
      "docs/a.md": "a",
      link: { link: "./docs/a.md" },
      up: { link: "docs" },
      out: { link: "../../etc/passwd" },
      lib: { submodule: "1".repeat(40), url: "https://github.com/other/lib.git" },
      "big.bin": POINTER,
    });
    return { ...opened, before };
  }

  test.each(refused)("%s is not written", async (path, says) => {
    const { client, site, before } = await openLinked();
    const args = { ...ON_MAIN, path, content: "evil" };
    expect(await refusal(client, "create_or_update_file", args)).toContain(says);
    const files = [
      { path: "fine", content: "fine" },
      { path, content: "evil" },
    ];
    expect(await refusal(client, "push_files", { ...ON_MAIN, files })).toContain(says);
    expect(site.refs.get("heads/main")).toBe(before);
  });

  test("a link itself gets a new target where that is meant, and is removed alone", async () => {
    const { client, site } = await openLinked();
    const args = { ...ON_MAIN, path: "link", content: "docs/b.md", allow_symlink_write: true };
    await succeed(client, "create_or_update_file", {
      ...args,
      sha: site.objects.blob("./docs/a.md"),
    });
    const tree = () => site.commitAt("main")!.tree;
    expect(site.objects.at(tree(), "link")?.mode).toBe("120000");
    expect(site.text("link")).toBe("docs/b.md");
    expect(await refusal(client, "create_or_update_file", { ...args, path: "up/a.md" })).toContain(
      "up is a symbolic link",
    );
    await succeed(client, "delete_file", { ...ON_MAIN, path: "link" });
    expect(site.text("docs/a.md")).toBe("a");
    expect(site.text("link")).toBeUndefined();
  });

  test("a new pointer may replace a pointer", async () => {
    const { client, site } = await openLinked();
    const content = POINTER.replace("size 9", "size 10");
    await succeed(client, "push_files", { ...ON_MAIN, files: [{ path: "big.bin", content }] });
    expect(site.text("big.bin")).toBe(content);
  });

  test.each(["../x", "a/../../x", ".git/hooks/x", "/", "a\u0000b"])(
    "%j is no path of a file",
    async (path) => {
      const { client, github } = await openSite();
      const args = { ...ON_MAIN, path, content: "x" };
      expect(await refusal(client, "create_or_update_file", args)).toMatch(/path/);
      expect(await refusal(client, "delete_file", args)).toMatch(/path/);
      const files = [{ path, content: "x" }];
      expect(await refusal(client, "push_files", { ...ON_MAIN, files })).toMatch(/path/);
      expect(github.requests).toEqual([]);
    },
  );
});

describe("push_files", () => {
  const NAME = "push_files";
  const files = [
    { path: "a", content: "new" },
    { path: "docs/b", content: "b" },
  ];

  test("makes one commit of all files, and leaves scripts executable", async () => {
    const { client, site } = await openSite();
    const before = site.commit({ a: "old", kept: "kept" });
    const tree = site.commitAt("main")!.tree;
    const executable = new Map(site.objects.files(tree)).set("a", {
      mode: "100755",
      sha: site.objects.blob("old"),
    });
    Object.assign(site.objects.commits.get(before)!, { tree: site.objects.tree(executable) });
    const { object } = await structured<{ object: { sha: string } }>(client, NAME, {
      ...ON_MAIN,
      files,
    });
    const commit = site.objects.commits.get(object.sha)!;
    expect(commit).toMatchObject({ message: "Change it", parents: [before] });
    expect(["a", "docs/b", "kept"].map((path) => site.text(path))).toEqual(["new", "b", "kept"]);
    expect(site.objects.at(commit.tree, "a")?.mode).toBe("100755");
  });

  test("loses no commit that came in between, and says that the branch moved", async () => {
    const { client, github, site } = await openSite();
    site.commit({ a: "old" });
    let other = "";
    const whenTreeIsMade = () => {
      other = site.commit({ a: "of somebody else" });
      return undefined as never;
    };
    const passOn = () => undefined as never;
    github.instead.push(passOn, passOn, passOn, passOn, passOn, whenTreeIsMade);
    expect(await refusal(client, NAME, { ...ON_MAIN, files })).toBe(
      `main moved to ${other.slice(0, 7)} meanwhile and nothing was pushed; read the files again and repeat.`,
    );
    expect(site.refs.get("heads/main")).toBe(other);
    expect(site.text("a")).toBe("of somebody else");
  });

  test("knows its own commit where only the answer to it got lost", async () => {
    const route = "PATCH /repos/:owner/:repo/git/refs/*ref";
    const move = gitRoutes[route]!;
    const lost = {
      [route]: async (request: FakeRequest) => {
        await move(request);
        return refuse(502, "Bad Gateway");
      },
    };
    const { client, site } = await openSite({ routes: [lost, ...routes] });
    site.commit({ a: "old" });
    const { object } = await structured<{ object: { sha: string } }>(client, NAME, {
      ...ON_MAIN,
      files,
    });
    expect(site.refs.get("heads/main")).toBe(object.sha);
  });

  test("begins a branch at the default one, which stays as it is", async () => {
    const { client, site } = await openSite();
    const before = site.commit({ a: "old" });
    const args = { ...ON_MAIN, branch: "feature/x", files };
    const { content } = await succeed(client, NAME, args);
    expect(JSON.stringify(content)).toContain("feature/x did not exist; it now begins at main.");
    expect(site.text("a", "feature/x")).toBe("new");
    expect(site.refs.get("heads/main")).toBe(before);
  });

  test("says what cannot be one commit", async () => {
    const { client, site } = await openSite();
    expect(await refusal(client, NAME, { ...ON_MAIN, files })).toContain(
      "The repository is empty; make its first commit with create_or_update_file.",
    );
    site.commit({ a: "new", "docs/b": "b" });
    expect(await refusal(client, NAME, { ...ON_MAIN, files })).toContain("Nothing would change");
    const twice = [...files, { path: "/a", content: "x" }];
    expect(await refusal(client, NAME, { ...ON_MAIN, files: twice })).toBe(
      "a is there twice in files, or as a file and as a directory.",
    );
  });

  test("who may not push is told so", async () => {
    const { client, site } = await openSite({ users: { good: { login: "reader" } } });
    site.commit({ a: "old" });
    expect(await refusal(client, NAME, { ...ON_MAIN, files })).toContain("may not do this");
    expect(site.text("a")).toBe("old");
  });
});

test("delete_file removes one file, and says what is not there", async () => {
  const { client, site } = await openSite();
  site.commit({ a: "a", "docs/b": "b" });
  await succeed(client, "delete_file", { ...ON_MAIN, path: "docs/b" });
  expect([site.text("a"), site.text("docs/b")]).toEqual(["a", undefined]);
  expect(await refusal(client, "delete_file", { ...ON_MAIN, path: "docs/b" })).toBe(
    "There is no docs/b on this branch.",
  );
  site.commit({ "docs/b": "b" });
  expect(await refusal(client, "delete_file", { ...ON_MAIN, path: "docs" })).toContain(
    "docs is a directory",
  );
});
