import { ToolError } from "@portico/core";
import { repositoryPath } from "../../../repos/path.ts";
import { isRefName } from "../../../repos/ref.ts";

/**
 * The name of a branch, a tag or a commit, where one is given.
 * @throws {ToolError} when git allows no such name
 */
export function refName<T extends string | undefined>(name: T): T {
  if (name === undefined || isRefName(name)) return name;
  throw new ToolError(`${JSON.stringify(name)} cannot be the name of a branch, a tag or a commit.`);
}

/**
 * A path inside the repository, without slashes at its ends.
 * @throws {ToolError} when git can hold none such, as one with `..`
 */
export function pathInside(given: string): string {
  const path = repositoryPath(given);
  if (path !== undefined) return path;
  throw new ToolError(`${JSON.stringify(given)} is no path inside a repository.`);
}

/**
 * The same for a file, which cannot be the repository itself.
 * @throws {ToolError} also when it is empty
 */
export function filePath(given: string): string {
  const path = pathInside(given);
  if (path === "") throw new ToolError("The path of a file is needed.");
  return path;
}

/**
 * A point of time as GitHub takes it, where one is given: a date alone is its beginning.
 * @throws {ToolError} when it is none
 */
export function time(given: string | undefined): string | undefined {
  if (given === undefined || given === "") return undefined;
  const isIso = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(given);
  const date = new Date(isIso ? given : Number.NaN);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new ToolError(`${JSON.stringify(given)} is no time; write it as 2026-01-31T12:00:00Z.`);
}
