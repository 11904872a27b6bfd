/** The families of files, by what says which commit they are of. */
export const FILES = {
  default: "repo://{owner}/{repo}/contents{/path*}",
  branch: "repo://{owner}/{repo}/refs/heads/{branch}/contents{/path*}",
  commit: "repo://{owner}/{repo}/sha/{sha}/contents{/path*}",
  tag: "repo://{owner}/{repo}/refs/tags/{tag}/contents{/path*}",
  pull: "repo://{owner}/{repo}/refs/pull/{prNumber}/head/contents{/path*}",
} as const;

/** Variables of a URI, by name. */
export type Variables = Readonly<Record<string, string>>;

/** The branch, tag or commit that variables of a file's URI name; undefined for the default branch. */
export function refOf({ branch, tag, sha }: Variables): string | undefined {
  if (branch !== undefined) return `refs/heads/${branch}`;
  if (tag !== undefined) return `refs/tags/${tag}`;
  return sha;
}

/** What stands in `uri` for the variables of `template`, decoded; undefined when it does not fit. */
export function variablesOf(template: string, uri: string): Variables | undefined {
  const source = template
    .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
    .replace(String.raw`{/path\*}`, "(?:/(?<path>[^?#]*))?")
    .replaceAll(/\{(\w+)\}/g, "(?<$1>[^/?#]+)");
  const found = new RegExp(`^${source}$`).exec(uri)?.groups;
  if (!found) return undefined;
  try {
    const stated = Object.entries(found).filter(([, value]) => value !== undefined);
    return Object.fromEntries(stated.map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    // A stray percent sign.
    return undefined;
  }
}
