import { type Completer, type Context, rank } from "@portico/core";
import type { GitHub, Repository } from "../api/github.ts";
import type { Deps } from "../deps.ts";
import { hasLanded } from "../repos/landed.ts";
import { isLocked } from "../tools/offer/caller.ts";
import { forClient } from "./for-client.ts";
import { refOf, type Variables } from "./templates.ts";

/** Most values that are asked for; a client gets 100 of them. */
const MOST = 100;

/** Characters from which on all of GitHub is searched for an owner. */
const SEARCHED_FROM = 2;

/** Suggests values by what was typed so far. */
type Suggest = Exclude<Completer<Deps>, readonly string[]>;

/** Completes the user, the user's organizations, and whoever else has such a name. */
export const completeOwner: Suggest = (typed, ctx) =>
  told(async () => {
    const { allowed } = ctx.deps;
    if (allowed.isOn) return rank(ownersIn(allowed.qualifiers), typed);
    const { rest } = await ctx.deps.api.as(undefined, ctx.signal);
    const [{ data: user }, { data: orgs }] = await Promise.all([
      rest.users.getAuthenticated(),
      rest.orgs.listForAuthenticatedUser({ per_page: MOST }),
    ]);
    const near = rank([user.login, ...orgs.map(({ login }) => login)], typed);
    if (typed.length < SEARCHED_FROM) return near;
    const q = `${plain(typed)} in:login`;
    const { data } = await rest.search.users({ q, per_page: MOST });
    return [...new Set([...near, ...data.items.map(({ login }) => login)])];
  });

/** Completes the repositories of the owner chosen before. */
export const completeRepo: Suggest = (typed, ctx, { owner }) =>
  told(async () => {
    if (owner === undefined) return [];
    const { allowed } = ctx.deps;
    if (!allowed.admits(owner)) return rank(reposIn(allowed.qualifiers, owner), typed);
    const { rest } = await ctx.deps.api.as(owner, ctx.signal);
    const q = `user:${plain(owner)} ${plain(typed)} in:name fork:true`;
    const { data } = await rest.search.repos({ q, sort: "updated", per_page: MOST });
    const own = data.items.filter(
      (found) => found.owner?.login.toLowerCase() === owner.toLowerCase(),
    );
    return rank(
      own.map(({ name }) => name),
      typed,
    );
  });

/** Completes branches of the repository chosen before. */
export const completeBranch: Suggest = (typed, ctx, others) =>
  inRepository(ctx, others, (github, place) => refsLike(github, place, "heads", typed));

/** Completes tags of the repository chosen before. */
export const completeTag: Suggest = (typed, ctx, others) =>
  inRepository(ctx, others, (github, place) => refsLike(github, place, "tags", typed));

/** Completes the latest commits of the default branch. */
export const completeCommit: Suggest = (typed, ctx, others) =>
  inRepository(ctx, others, async ({ rest }, place) => {
    const { data } = await rest.repos.listCommits({ ...place, per_page: MOST });
    const wanted = typed.toLowerCase();
    return data.map(({ sha }) => sha).filter((sha) => sha.startsWith(wanted));
  });

/** Completes the numbers of open pull requests. */
export const completePull: Suggest = (typed, ctx, others) =>
  inRepository(ctx, others, async ({ rest }, place) => {
    const { data } = await rest.pulls.list({ ...place, state: "open", per_page: MOST });
    return data.map(({ number }) => String(number)).filter((number) => number.startsWith(typed));
  });

/** Completes the numbers of open issues. */
export const completeIssue: Suggest = (typed, ctx, others) =>
  inRepository(ctx, others, async ({ rest }, place) => {
    const { data } = await rest.issues.listForRepo({ ...place, state: "open", per_page: MOST });
    const issues = data.filter((issue) => issue.pull_request === undefined);
    return issues.map(({ number }) => String(number)).filter((number) => number.startsWith(typed));
  });

/** Completes the next part of a path, at the ref chosen before; directories end in a slash. */
export const completePath: Suggest = (typed, ctx, others) =>
  inRepository(ctx, others, async (github, place) => {
    const directory = typed.slice(0, typed.lastIndexOf("/") + 1);
    const path = directory.replace(/\/$/, "");
    const ref = await refIn(github, place, others);
    if (!(await mayShowNames(ctx, github, place, ref))) return [];
    const ask = { ...place, path, ...(ref !== undefined && { ref }) };
    const { data } = await github.rest.repos.getContent(ask);
    if (!Array.isArray(data)) return [];
    const paths = data.map(({ type, name }) => `${directory}${name}${type === "dir" ? "/" : ""}`);
    return rank(paths, typed);
  });

/** Lockdown: what files of a stranger's commit are called is the stranger's words. */
async function mayShowNames(
  ctx: Context<Deps>,
  github: GitHub,
  place: Repository,
  ref: string | undefined,
): Promise<boolean> {
  if (!isLocked(ctx) || (await ctx.deps.lockdown.admits(github, place, undefined))) return true;
  return hasLanded(github, place, ref);
}

type Find = (github: GitHub, place: Repository) => Promise<string[]>;

/** Looks in the repository chosen before; there is nothing to suggest before that, or outside of the allow-list. */
function inRepository(
  ctx: Context<Deps>,
  { owner, repo }: Variables,
  find: Find,
): Promise<string[]> {
  return told(async () => {
    if (owner === undefined || repo === undefined) return [];
    if (!ctx.deps.allowed.admits(owner, repo)) return [];
    return find(await ctx.deps.api.as(owner, ctx.signal), { owner, repo });
  });
}

async function refsLike(
  { rest }: GitHub,
  place: Repository,
  kind: "heads" | "tags",
  typed: string,
): Promise<string[]> {
  const ask = { ...place, ref: `${kind}/${typed}`, per_page: MOST };
  const { data } = await rest.git.listMatchingRefs(ask);
  return data.map(({ ref }) => ref.slice(`refs/${kind}/`.length));
}

async function refIn(
  { rest }: GitHub,
  place: Repository,
  others: Variables,
): Promise<string | undefined> {
  const pull = Number(others.prNumber);
  if (!Number.isSafeInteger(pull) || pull < 1) return refOf(others);
  return (await rest.pulls.get({ ...place, pull_number: pull })).data.head.sha;
}

/** Letters of a name and nothing a search would take for more. */
function plain(typed: string): string {
  return typed.replaceAll(/[^\w.-]/g, "");
}

function ownersIn(qualifiers: string): string[] {
  const names = qualifiers.split(" ").map((one) => one.replace(/^\w+:/, "").split("/")[0] ?? "");
  return [...new Set(names)].filter((name) => name !== "");
}

function reposIn(qualifiers: string, owner: string): string[] {
  const start = `repo:${owner.toLowerCase()}/`;
  return qualifiers
    .split(" ")
    .flatMap((one) => (one.startsWith(start) ? [one.slice(start.length)] : []));
}

async function told(find: () => Promise<string[]>): Promise<string[]> {
  try {
    return await find();
  } catch (error) {
    throw forClient(error);
  }
}
