/**
 * A path inside a repository as git has it: without slashes at either end, `""` for the root.
 * @returns undefined for what git cannot hold or what would lead elsewhere: `..`, `.git`, empty names, controls
 */
export function repositoryPath(given: string): string | undefined {
  const path = given.replace(/^\/+|\/+$/g, "");
  if (path === "") return "";
  return path.split("/").every(isName) ? path : undefined;
}

/**
 * Where a symbolic link leads, as a path inside the repository.
 * @returns undefined when it leads out of it
 */
export function linkTarget(link: string, target: string): string | undefined {
  if (target.startsWith("/") || target.includes("\0")) return undefined;
  const names = link.split("/").slice(0, -1);
  for (const name of target.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.join("/");
}

/** The first of `paths` that is there twice, or that others are inside of as if it were a directory. */
export function clashing(paths: readonly string[]): string | undefined {
  const sorted = paths.map((path) => `${path}/`).sort();
  const at = sorted.findIndex((path, next) => sorted[next + 1]?.startsWith(path));
  return sorted[at]?.slice(0, -1);
}

function isName(name: string): boolean {
  return (
    name !== "" &&
    name !== "." &&
    name !== ".." &&
    name.toLowerCase() !== ".git" &&
    name.isWellFormed() &&
    !hasControl(name)
  );
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
