import { type Output, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import type { ProjectPlace } from "../../projects/project.ts";
import { fieldIdsOf, type ItemReference } from "../../projects/references.ts";
import {
  addItem,
  createIterationField,
  createProject,
  createStatusUpdate,
  createView,
  deleteItem,
  type Iteration,
  updateItems,
} from "../../projects/write.ts";
import { githubTool, type ToolCall } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { placeIn, placeInput } from "./place.ts";

/** Most items that are updated by one call. */
const MOST_ITEMS = 50;

const item = s.object({
  item_id: s.optional(s.integer()),
  node_id: s.optional(s.string()),
  item_owner: s.optional(s.string()),
  item_repo: s.optional(s.string()),
  issue_number: s.optional(s.integer()),
});

const input = s.object({
  method: s.enum([
    "add_project_item",
    "update_project_item",
    "update_project_items",
    "delete_project_item",
    "create_project_status_update",
    "create_project_view",
    "create_project",
    "create_iteration_field",
  ]),
  ...placeInput,
  title: s.optional(s.string({ description: "Of a new project" })),
  item_id: s.optional(s.integer()),
  item_type: s.optional(s.enum(["issue", "pull_request"])),
  item_owner: s.optional(s.string()),
  item_repo: s.optional(s.string()),
  issue_number: s.optional(s.integer()),
  pull_request_number: s.optional(s.integer()),
  items: s.optional(
    s.array(item, {
      maxItems: MOST_ITEMS,
      description: "Each item_id, node_id, or item_owner, item_repo and issue_number",
    }),
  ),
  updated_field: s.optional(
    s.object(
      { id: s.optional(s.integer()), name: s.optional(s.string()), value: s.unknown() },
      { description: "id or name; an option goes by its name, null clears" },
    ),
  ),
  body: s.optional(s.string()),
  status: s.optional(s.enum(["ON_TRACK", "AT_RISK", "OFF_TRACK", "COMPLETE", "INACTIVE"])),
  start_date: s.optional(s.string({ description: "YYYY-MM-DD" })),
  target_date: s.optional(s.string()),
  field_name: s.optional(s.string({ description: "Of a new iteration field" })),
  iteration_duration: s.optional(s.integer({ description: "Days" })),
  iterations: s.optional(
    s.array(s.object({ title: s.string(), start_date: s.string(), duration: s.integer() })),
  ),
  name: s.optional(s.string({ description: "Of a new view" })),
  layout: s.optional(s.enum(["table", "board", "roadmap"])),
  filter: s.optional(s.string()),
  visible_fields: s.optional(s.array(s.string())),
  visible_field_names: s.optional(s.array(s.string())),
});

type Arguments = Output<typeof input>;

type Write = (
  args: Arguments,
  place: ProjectPlace,
  github: GitHub,
  call: ToolCall,
) => Promise<object>;

const WRITES: Readonly<Record<Exclude<Arguments["method"], "create_project">, Write>> = {
  add_project_item: add,
  update_project_item: updateOne,
  update_project_items: updateAll,
  delete_project_item: (args, place, github) =>
    deleteItem(github, place, needed(args.item_id, "item_id")),
  create_project_status_update: ({ body, status, start_date, target_date }, place, github) =>
    createStatusUpdate(github, place, {
      body,
      status,
      startDate: start_date,
      targetDate: target_date,
    }),
  create_project_view: addView,
  create_iteration_field: addIterationField,
};

/** Writes projects. */
export const projectsWrite = githubTool({
  name: "projects_write",
  toolset: "projects",
  description:
    "Create a project, its views, iteration fields and status updates; add, update (up to 50 at once) or delete its items.",
  effect: "destroys",
  scopes: ["project"],
  bound: "owner",
  input,
  output: thing,
  effectOf: ({ method }) => (method === "delete_project_item" ? "destroys" : "writes"),
  question: ({ owner, project_number, item_id }) =>
    `Delete the item ${item_id} of project ${project_number} of ${owner}?`,
  async run(args, github, call) {
    const { method, owner } = args;
    if (method === "create_project") {
      return { data: await createProject(github, owner, needed(args.title, "title")) };
    }
    const place = await placeIn(args, github);
    return { data: await WRITES[method](args, place, github, call) };
  },
});

async function add(
  args: Arguments,
  place: ProjectPlace,
  github: GitHub,
  call: ToolCall,
): Promise<object> {
  const owner = needed(args.item_owner, "item_owner");
  const repo = needed(args.item_repo, "item_repo");
  inBounds(owner, repo, call);
  const isPull = args.item_type === "pull_request";
  const number = isPull
    ? needed(args.pull_request_number, "pull_request_number")
    : needed(args.issue_number, "issue_number");
  return addItem(github, place, { type: isPull ? "PullRequest" : "Issue", owner, repo, number });
}

async function updateOne(
  args: Arguments,
  place: ProjectPlace,
  github: GitHub,
  call: ToolCall,
): Promise<object> {
  const { item_id, item_owner, item_repo, issue_number } = args;
  const reference = { item_id, item_owner, item_repo, issue_number };
  const [result] = await update([reference], args, place, github, call);
  if (result?.updated === true) return result;
  throw new GitHubError(String(result?.error));
}

async function updateAll(
  args: Arguments,
  place: ProjectPlace,
  github: GitHub,
  call: ToolCall,
): Promise<object> {
  const items = await update(needed(args.items, "items"), args, place, github, call);
  const updated = items.filter((item) => item.updated).length;
  return { updated, failed: items.length - updated, items };
}

async function update(
  items: readonly ItemReference[],
  args: Arguments,
  place: ProjectPlace,
  github: GitHub,
  call: ToolCall,
) {
  for (const { item_owner, item_repo } of items) {
    if (item_owner !== undefined) inBounds(item_owner, item_repo ?? "", call);
  }
  return updateItems(github, place, items, needed(args.updated_field, "updated_field"));
}

async function addView(args: Arguments, place: ProjectPlace, github: GitHub): Promise<object> {
  const { filter, visible_fields, visible_field_names } = args;
  const fields = await fieldIdsOf(github, place, visible_fields, visible_field_names);
  return createView(github, place, {
    name: needed(args.name, "name"),
    layout: needed(args.layout, "layout"),
    ...(filter !== undefined && { filter }),
    ...(fields.length > 0 && { visible_fields: fields.map(Number) }),
  });
}

function addIterationField(args: Arguments, place: ProjectPlace, github: GitHub): Promise<object> {
  const iterations: readonly Iteration[] | undefined = args.iterations;
  return createIterationField(github, place, needed(args.field_name, "field_name"), {
    start_date: needed(args.start_date, "start_date"),
    duration: needed(args.iteration_duration, "iteration_duration"),
    ...(iterations && { iterations }),
  });
}

/** An issue of a project may be of any repository: the allow-list judges it by its own. */
function inBounds(owner: string, repo: string, call: ToolCall): void {
  if (call.admits(owner, repo)) return;
  throw new GitHubError(`${owner}/${repo} is outside the repositories this server may touch.`);
}

function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new GitHubError(`This needs ${name}.`);
  return value;
}
