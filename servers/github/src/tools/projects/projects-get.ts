import { type Output, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import { outside } from "../../bounds/stay-inside.ts";
import {
  GET_STATUS_UPDATE,
  GET_VIEW,
  type Place,
  type StatusUpdate,
  type View,
} from "../../projects/documents.ts";
import { itemShape, projectItem } from "../../projects/items.ts";
import { askProject, fieldShape, type ProjectField } from "../../projects/project.ts";
import { fieldIdsOf, isOf } from "../../projects/references.ts";
import { projectShape, type RestProject, statusShape, viewShape } from "../../projects/shapes.ts";
import { type Answer, githubTool, type ToolCall } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { withheldError, withheldNote } from "../shared/withheld.ts";
import { fieldsInput, fieldsSpelling, gateOf, placeIn, placeInput } from "./place.ts";

const input = s.object({
  method: s.enum([
    "get_project",
    "get_project_field",
    "get_project_item",
    "get_project_status_update",
    "get_project_view",
  ]),
  ...placeInput,
  field_id: s.optional(s.integer()),
  item_id: s.optional(s.integer()),
  status_update_id: s.optional(s.string()),
  view_id: s.optional(s.string()),
  ...fieldsInput,
});

type Arguments = Output<typeof input>;

type Get = (args: Arguments, github: GitHub, call: ToolCall) => Promise<Answer>;

const GETS = {
  get_project: getProject,
  get_project_field: getField,
  get_project_item: getItem,
  get_project_status_update: getStatusUpdate,
  get_project_view: getView,
} satisfies Record<string, Get>;

/** Reads a project, or one thing of it. */
export const projectsGet = githubTool({
  name: "projects_get",
  toolset: "projects",
  description: "Get a project, or one of its fields, items, views or status updates by its id.",
  effect: "reads",
  scopes: ["read:project", "project"],
  bound: "owner",
  input,
  output: thing,
  spellings: fieldsSpelling,
  run: (args, github, call) => GETS[args.method](args, github, call),
});

async function getProject(args: Arguments, github: GitHub): Promise<Answer> {
  const place = await placeIn(args, github);
  const { data } = await askProject<RestProject>(github, "GET", place, "");
  return { data: projectShape(data) };
}

async function getField(args: Arguments, github: GitHub): Promise<Answer> {
  const field_id = needed(args.field_id, "field_id");
  const place = await placeIn(args, github);
  const path = "/fields/{field_id}";
  const { data } = await askProject<ProjectField>(github, "GET", place, path, { field_id });
  return { data: fieldShape(data) };
}

async function getItem(args: Arguments, github: GitHub, call: ToolCall): Promise<Answer> {
  const id = needed(args.item_id, "item_id");
  const place = await placeIn(args, github);
  const fields = await fieldIdsOf(github, place, args.field_ids, args.field_names);
  const gate = gateOf(call);
  const data = await itemShape(await projectItem(github, place, id, fields), gate.admits);
  if (data) return { data, note: withheldNote(gate.withheld), from: gate.from };
  throw gate.withheld > 0 ? withheldError("item") : outside();
}

async function getStatusUpdate(args: Arguments, github: GitHub): Promise<Answer> {
  const id = needed(args.status_update_id, "status_update_id");
  return { data: statusShape(await nodeOf<StatusUpdate>(args, github, GET_STATUS_UPDATE, id)) };
}

async function getView(args: Arguments, github: GitHub): Promise<Answer> {
  const id = needed(args.view_id, "view_id");
  return { data: viewShape(await nodeOf<View>(args, github, GET_VIEW, id)) };
}

/** A part by its node id, which may be of any project. */
async function nodeOf<T>(
  args: Arguments,
  github: GitHub,
  document: string,
  id: string,
): Promise<T> {
  const place = await placeIn({ owner_type: "org", ...args }, github);
  const { node } = await github.graphql<{ node: (T & Place) | null }>(document, { id });
  if (node && isOf(place, node)) return node;
  throw new GitHubError(`${id} is no such part of project ${place.number} of ${place.owner}.`);
}

function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new GitHubError(`Which one? Give its ${name}.`);
  return value;
}
