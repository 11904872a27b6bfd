import type { JsonObject } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { Repository } from "../../api/github.ts";
import type { AllowList } from "../../bounds/allow-list.ts";
import { isOwner, isRepo } from "../../bounds/names.ts";
import { narrowed } from "../../bounds/search.ts";
import { outside } from "../../bounds/stay-inside.ts";
import type { Bound } from "./github-tool.ts";

const OWNERS = ["owner", "org", "organization"] as const;

/** The repository that arguments name. */
export function placeOf({ owner, repo }: JsonObject): Repository | undefined {
  return typeof owner === "string" && typeof repo === "string" ? { owner, repo } : undefined;
}

/** Whose repositories the arguments are about. */
export function ownerIn(args: JsonObject): string | undefined {
  const found = OWNERS.map((name) => args[name]).find((value) => typeof value === "string");
  return found as string | undefined;
}

/**
 * Judges the names among the arguments, and keeps a search inside the allow-list.
 * @returns the arguments as the tool gets them
 * @throws {GitHubError} for a name GitHub cannot have
 * @throws {RemoteError} for what is outside the allow-list
 */
export function admit(args: JsonObject, bound: Bound, allowed: AllowList): JsonObject {
  checkNames(args);
  if (!allowed.isOn) return args;
  const place = placeOf(args);
  const owners = OWNERS.map((name) => args[name]).filter((value) => typeof value === "string");
  if (place && !allowed.admits(place.owner, place.repo)) throw outside();
  if (!place && owners.some((owner) => !allowed.admits(owner))) throw outside();
  if (bound === "repository" && !place) throw outside();
  if (bound === "owner" && owners.length === 0) throw outside();
  if (bound !== "search") return args;
  return { ...args, query: searched(args.query, place, allowed) };
}

/** GH5: what goes into an address must not change where it leads. */
function checkNames(args: JsonObject): void {
  const wrong = OWNERS.find((name) => typeof args[name] === "string" && !isOwner(args[name]));
  if (wrong !== undefined) throw new GitHubError(`${wrong} is no name GitHub can have.`);
  if (typeof args.repo === "string" && !isRepo(args.repo)) {
    throw new GitHubError("repo is no name a repository can have; give it without its owner.");
  }
}

function searched(query: unknown, place: Repository | undefined, allowed: AllowList): string {
  const words = typeof query === "string" ? query : "";
  try {
    const inside = narrowed(words, allowed);
    // A tool that is told a repository searches there, which is narrower than the list.
    return place ? words : inside;
  } catch (error) {
    throw new GitHubError((error as Error).message);
  }
}
