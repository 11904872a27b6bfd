import type { Repository } from "../api/github.ts";
import type { Json, JsonMembers } from "../api/json.ts";
import { repositoryOf } from "../issues/shapes.ts";

/** Whether what `author` wrote in `place` may be shown. */
export type Admits = (place: Repository, author: string | undefined) => Promise<boolean>;

const KEPT = ["id", "name", "title", "color", "start_date", "duration", "total", "completed"];

/**
 * The value of a project's field in few words: people are logins, texts are as they were written, options and
 * iterations keep their ids. Issues and pull requests among the values, which may be of any repository, are left out
 * unless `admits` lets them through.
 */
export async function valueShape(value: unknown, admits: Admits): Promise<Json | undefined> {
  if (Array.isArray(value)) {
    const shapes = await Promise.all(value.map((one) => valueShape(one, admits)));
    return shapes.filter((shape) => shape !== undefined);
  }
  if (typeof value !== "object" || value === null) return value as Json;
  const members = value as Readonly<Record<string, unknown>>;
  if (typeof members.raw === "string") return members.raw;
  if (typeof members.login === "string") return members.login;
  if (typeof members.full_name === "string") return members.full_name;
  if (typeof members.number === "number") return referenceShape(members, admits);
  const kept: JsonMembers = {};
  for (const name of KEPT) {
    const shape = await valueShape(members[name], admits);
    if (shape !== undefined) kept[name] = shape;
  }
  return kept;
}

/** The repository an issue or a pull request belongs to; undefined when nothing says so. */
export function homeOfContent(content: Readonly<Record<string, unknown>>): Repository | undefined {
  const { repository_url: api, html_url: page } = content;
  if (typeof api === "string") return repositoryOf(api);
  const [, name] =
    /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/(?:issues|pull)\/\d+/.exec(String(page)) ?? [];
  return name === undefined ? undefined : repositoryOf(name);
}

/** Who wrote it. */
export function authorOfContent(content: Readonly<Record<string, unknown>>): string | undefined {
  const { login } = (content.user ?? {}) as { readonly login?: unknown };
  return typeof login === "string" ? login : undefined;
}

async function referenceShape(
  reference: Readonly<Record<string, unknown>>,
  admits: Admits,
): Promise<Json | undefined> {
  // Milestones have numbers as well, and belong to the issue that is shown already.
  const isMilestone = reference.open_issues !== undefined;
  const home = homeOfContent(reference);
  if (isMilestone) return reference.title as Json;
  if (!home || !(await admits(home, authorOfContent(reference)))) return undefined;
  const { number, title, state } = reference as JsonMembers;
  return { number, title, state, repository: `${home.owner}/${home.repo}` } as JsonMembers;
}
