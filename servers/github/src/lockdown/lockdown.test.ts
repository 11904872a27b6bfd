import { expect, test } from "vitest";
import { GitHubError } from "../api/error.ts";
import type { GitHub } from "../api/github.ts";
import { Lockdown } from "./lockdown.ts";

const place = { owner: "octo", repo: "site" };

interface Says {
  readonly isPrivate?: boolean | Error;
  readonly permission?: Readonly<Record<string, string>> | Error;
  readonly me?: string | Error;
}

/** GitHub, as far as lockdown asks it. */
function gitHub(identity: string, { isPrivate = false, permission = {}, me = "me" }: Says) {
  const asked: string[] = [];
  const said = async <T>(what: string, value: T | Error) => {
    asked.push(what);
    if (value instanceof Error) throw value;
    return { data: value };
  };
  const rest = {
    repos: {
      get: () => said("repo", isPrivate instanceof Error ? isPrivate : { private: isPrivate }),
      getCollaboratorPermissionLevel: ({ username }: { username: string }) =>
        said(
          `push ${username}`,
          permission instanceof Error ? permission : { permission: permission[username] ?? "read" },
        ),
    },
    users: { getAuthenticated: () => said("me", me instanceof Error ? me : { login: me }) },
  };
  return { github: { rest, identity } as unknown as GitHub, asked };
}

test("those who may push, the user and GitHub's own bots are shown, others not", async () => {
  const { github } = gitHub("a", { permission: { ada: "write", root: "admin", eve: "read" } });
  const authors = ["ada", "root", "eve", "ME", "github-actions[bot]", undefined, "", "triage"];
  const { kept, withheld } = await new Lockdown().keep(github, place, authors, (one) => one);
  expect(kept).toEqual(["ada", "root", "ME", "github-actions[bot]"]);
  expect(withheld).toBe(4);
});

test("everything in a private repository is shown, authors who are gone included", async () => {
  const { github } = gitHub("a", { isPrivate: true });
  expect(await new Lockdown().admits(github, place, undefined)).toBe(true);
  expect(await new Lockdown().admits(github, place, "eve")).toBe(true);
});

test("GH3: what cannot be found out counts as no, and is asked anew next time", async () => {
  const lockdown = new Lockdown();
  const lost = new GitHubError("no", 403);
  const broken = gitHub("a", { permission: lost, isPrivate: lost, me: lost });
  expect(await lockdown.admits(broken.github, place, "ada")).toBe(false);
  const { github } = gitHub("a", { permission: { ada: "write" } });
  expect(await lockdown.admits(github, place, "ada")).toBe(true);
});

test("GH4: a decision is remembered for its identity and for no other", async () => {
  const lockdown = new Lockdown();
  const one = gitHub("one", { permission: { ada: "write" } });
  expect(await lockdown.admits(one.github, place, "ada")).toBe(true);
  expect(await lockdown.admits(one.github, place, "ADA")).toBe(true);
  expect(one.asked.filter((what) => what.startsWith("push"))).toEqual(["push ada"]);
  const two = gitHub("two", { permission: {} });
  expect(await lockdown.admits(two.github, place, "ada")).toBe(false);
});
