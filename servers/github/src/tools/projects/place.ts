import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub, Repository } from "../../api/github.ts";
import { type OwnerType, ownerTypeOf, type ProjectPlace } from "../../projects/project.ts";
import type { Admits } from "../../projects/values.ts";
import type { ToolCall } from "../shared/github-tool.ts";

/** What names a project. */
export const placeInput = {
  owner: s.string(),
  owner_type: s.optional(s.enum(["user", "org"])),
  project_number: s.optional(s.integer()),
};

/** Ids and names of the fields that items are shown with. */
export const fieldsInput = {
  field_ids: s.optional(
    s.array(s.string(), { description: "Project fields to show of an item; `fields` as well" }),
  ),
  field_names: s.optional(s.array(s.string(), { description: "The same by name" })),
};

/** A project's own `fields` argument has the name every list has here. */
export const fieldsSpelling = { fields: "field_ids" };

/**
 * The project that the arguments name.
 * @throws {GitHubError} when there is no number
 */
export async function placeIn(
  args: {
    readonly owner: string;
    readonly owner_type?: OwnerType;
    readonly project_number?: number;
  },
  github: GitHub,
): Promise<ProjectPlace> {
  const { owner, owner_type, project_number: number } = args;
  if (number === undefined) throw new GitHubError("Which project? Give its project_number.");
  return { owner, number, ownerType: owner_type ?? (await ownerTypeOf(github, owner)) };
}

/** Lets through what allow-list and lockdown do. */
export interface Gate {
  readonly admits: Admits;
  /** Where that came from. */
  readonly from: Repository[];
  /** How often lockdown withheld something. */
  withheld: number;
}

/** A gate for one call. */
export function gateOf(call: ToolCall): Gate {
  const gate: Gate = {
    from: [],
    withheld: 0,
    async admits(place, author) {
      if (!call.admits(place.owner, place.repo)) return false;
      const may = await call.mayShow(place, author);
      if (may) gate.from.push(place);
      else gate.withheld += 1;
      return may;
    },
  };
  return gate;
}
