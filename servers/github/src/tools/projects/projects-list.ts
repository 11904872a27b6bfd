import { type Output, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import { nextPage } from "../../api/next-page.ts";
import {
  LIST_STATUS_UPDATES,
  LIST_VIEWS,
  type StatusUpdate,
  type View,
} from "../../projects/documents.ts";
import { itemShape, type ProjectItem } from "../../projects/items.ts";
import {
  askProject,
  fieldShape,
  ownerTypeOf,
  type ProjectField,
  projectsRoute,
} from "../../projects/project.ts";
import { fieldIdsOf } from "../../projects/references.ts";
import { projectShape, type RestProject, statusShape, viewShape } from "../../projects/shapes.ts";
import { type Answer, githubTool, type ToolCall } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { fieldsInput, fieldsSpelling, gateOf, placeIn, placeInput } from "./place.ts";

const input = s.object({
  method: s.enum([
    "list_projects",
    "list_project_fields",
    "list_project_items",
    "list_project_status_updates",
    "list_project_views",
  ]),
  ...placeInput,
  query: s.optional(s.string({ description: "Filter of projects or items, as on GitHub" })),
  ...fieldsInput,
  per_page: s.optional(s.integer({ minimum: 1, maximum: 50 })),
  after: s.optional(s.string()),
  before: s.optional(s.string()),
});

type Arguments = Output<typeof input>;

type List = (args: Arguments, github: GitHub, call: ToolCall) => Promise<Answer>;

const LISTS = {
  list_projects: listProjects,
  list_project_fields: listFields,
  list_project_items: listItems,
  list_project_status_updates: listStatusUpdates,
  list_project_views: listViews,
} satisfies Record<string, List>;

/** Lists projects, or what belongs to one. */
export const projectsList = githubTool({
  name: "projects_list",
  toolset: "projects",
  description:
    "List an owner's projects, or a project's fields, items, views or status updates. Items come with their title alone unless fields are named.",
  effect: "reads",
  scopes: ["read:project", "project"],
  bound: "owner",
  input,
  output: listUnder("items"),
  list: "items",
  spellings: fieldsSpelling,
  run: (args, github, call) => LISTS[args.method](args, github, call),
});

async function listProjects(args: Arguments, github: GitHub): Promise<Answer> {
  const { owner, owner_type, query: q } = args;
  const ownerType = owner_type ?? (await ownerTypeOf(github, owner));
  const { data, headers } = await github.request(`GET ${projectsRoute(ownerType)}`, {
    owner,
    ...(q !== undefined && { q }),
    ...paging(args),
  });
  return { data: { items: (data as RestProject[]).map(projectShape), ...nextPage(headers) } };
}

async function listFields(args: Arguments, github: GitHub): Promise<Answer> {
  const place = await placeIn(args, github);
  const { data, headers } = await askProject<ProjectField[]>(
    github,
    "GET",
    place,
    "/fields",
    paging(args),
  );
  return { data: { items: data.map(fieldShape), ...nextPage(headers) } };
}

async function listItems(args: Arguments, github: GitHub, call: ToolCall): Promise<Answer> {
  const place = await placeIn(args, github);
  const fields = await fieldIdsOf(github, place, args.field_ids, args.field_names);
  const { data, headers } = await askProject<ProjectItem[]>(github, "GET", place, "/items", {
    ...(args.query !== undefined && { q: args.query }),
    ...(fields.length > 0 && { fields: fields.join(",") }),
    ...paging(args),
  });
  const gate = gateOf(call);
  const shapes = await Promise.all(data.map((item) => itemShape(item, gate.admits)));
  const items = shapes.filter((shape) => shape !== undefined);
  return {
    data: { items, ...nextPage(headers) },
    note: withheldNote(gate.withheld),
    from: gate.from,
  };
}

async function listViews(args: Arguments, github: GitHub): Promise<Answer> {
  const { views } = await projectPart<{ views: Connection<View> }>(args, github, LIST_VIEWS);
  return { data: { items: views.nodes.map(viewShape), ...after(views) } };
}

async function listStatusUpdates(args: Arguments, github: GitHub): Promise<Answer> {
  const { statusUpdates } = await projectPart<{ statusUpdates: Connection<StatusUpdate> }>(
    args,
    github,
    LIST_STATUS_UPDATES,
  );
  return { data: { items: statusUpdates.nodes.map(statusShape), ...after(statusUpdates) } };
}

async function projectPart<T>(args: Arguments, github: GitHub, document: string): Promise<T> {
  const { owner, number } = await placeIn({ owner_type: "org", ...args }, github);
  const variables = { owner, number, first: args.per_page ?? USUAL, after: args.after };
  const { repositoryOwner } = await github.graphql<{
    repositoryOwner: { projectV2?: T | null } | null;
  }>(document, variables);
  if (repositoryOwner?.projectV2) return repositoryOwner.projectV2;
  throw new GitHubError(`${owner} has no project ${number}.`);
}

const USUAL = 30;

interface Connection<T> {
  readonly nodes: readonly T[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

function after({ totalCount, pageInfo }: Connection<unknown>): object {
  return {
    total_count: totalCount,
    ...(pageInfo.hasNextPage && { next_cursor: pageInfo.endCursor }),
  };
}

function paging({ per_page = USUAL, after, before }: Arguments) {
  return {
    per_page,
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
  };
}
