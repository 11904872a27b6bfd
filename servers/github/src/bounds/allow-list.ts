import { isOwner, isRepo } from "./names.ts";

/** Which repositories may be touched at all. */
export interface AllowList {
  /** False when everything may be. */
  readonly isOn: boolean;
  /** Whether `owner/repo`, or all of `owner` where there is no `repo`, is inside. */
  admits(owner: string, repo?: string): boolean;
  /** The search qualifiers that keep a search inside, as `repo:a/b user:c`. */
  readonly qualifiers: string;
}

/** Lets everything through. */
export const everything: AllowList = { isOn: false, admits: () => true, qualifiers: "" };

/**
 * Reads `owner` and `owner/repo` entries.
 * @throws {TypeError} when one is neither
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  if (entries.length === 0) return everything;
  const allowed = new Set(entries.map(checked));
  return {
    isOn: true,
    admits(owner, repo) {
      if (allowed.has(owner.toLowerCase())) return true;
      return repo !== undefined && allowed.has(`${owner}/${repo}`.toLowerCase());
    },
    qualifiers: [...allowed]
      .map((entry) => (entry.includes("/") ? `repo:${entry}` : `user:${entry}`))
      .join(" "),
  };
}

function checked(entry: string): string {
  const [owner = "", repo, more] = entry.split("/");
  const isName = isOwner(owner) && (repo === undefined || isRepo(repo)) && more === undefined;
  if (!isName) throw new TypeError(`"${entry}" is neither an owner nor owner/repo.`);
  return entry.toLowerCase();
}
