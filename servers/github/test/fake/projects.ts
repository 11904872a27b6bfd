import { json, notFound, nothing, refuse } from "./answers.ts";
import type { FakeAnswer, FakeRequest, FakeRoutes } from "./github.ts";
import { issueJson } from "./issues.ts";
import { type FakeIssue, nodeId, Tracker } from "./tracker.ts";

const AT = "2026-01-02T03:04:05Z";

/** A field of a project. */
export interface FakeField {
  readonly id: number;
  readonly name: string;
  readonly data_type: string;
  readonly options?: readonly { readonly id: string; readonly name: string }[];
}

/** An item: an issue, a pull request, or a draft, which is a title. */
export interface FakeItem {
  readonly id: number;
  readonly content: FakeIssue | string;
  readonly values: Map<number, unknown>;
}

/** A project of an owner. */
export interface FakeProject {
  readonly id: number;
  readonly owner: string;
  readonly number: number;
  readonly title: string;
  readonly fields: FakeField[];
  readonly items: FakeItem[];
  readonly views: { readonly id: number; readonly name: string; readonly layout: string }[];
  readonly updates: { readonly id: number; readonly body: string; readonly status: string }[];
}

/** The projects of everybody. `octo` is an organization, all others are people. */
export class Board {
  readonly projects: FakeProject[] = [];
  #lastId = 9_000;

  add(owner: string, title: string, fields: readonly Omit<FakeField, "id">[] = []): FakeProject {
    const number = this.projects.filter((one) => one.owner === owner).length + 1;
    const kept = fields.map((field) => ({ ...field, id: this.nextId() }));
    const id = this.nextId();
    const parts = { fields: kept, items: [], views: [], updates: [] };
    const project = { id, owner, number, title, ...parts };
    this.projects.push(project);
    return project;
  }

  put(project: FakeProject, content: FakeIssue | string): FakeItem {
    const item = { id: this.nextId(), content, values: new Map() };
    project.items.push(item);
    return item;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

const routes = (root: string): FakeRoutes => ({
  [`GET ${root}`]: (request) => {
    const all = request.world
      .of(Board)
      .projects.filter((one) => one.owner === request.params.owner);
    return byCursor(request, all.map(projectJson));
  },
  [`GET ${root}/:number`]: on((project) => json(projectJson(project))),
  [`GET ${root}/:number/fields`]: on((project, request) => byCursor(request, project.fields)),
  [`GET ${root}/:number/fields/:field`]: on((project, { params }) => {
    const field = project.fields.find(({ id }) => id === Number(params.field));
    return field ? json(field) : notFound;
  }),
  [`POST ${root}/:number/fields`]: on((project, { world, body }) => {
    const { name, data_type, iteration_configuration: configuration } = body;
    const field = { id: world.of(Board).nextId(), name, data_type, configuration };
    project.fields.push(field);
    return json(field, 201);
  }),
  [`GET ${root}/:number/items`]: on((project, request) =>
    byCursor(
      request,
      project.items.map((item) => itemJson(project, item, request)),
    ),
  ),
  [`POST ${root}/:number/items`]: on((project, { world, body }) => {
    const issues = world.of(Tracker).of(`${body.owner}/${body.repo}`);
    const issue = issues.find(({ number }) => number === body.number);
    if (!issue || (body.type === "PullRequest") !== (issue.pull !== undefined)) return notFound;
    const item = world.of(Board).put(project, issue);
    return json({ id: item.id, node_id: nodeId("PVTI", item.id) }, 201);
  }),
  [`GET ${root}/:number/items/:item`]: onItem((project, item, request) =>
    json(itemJson(project, item, request)),
  ),
  [`PATCH ${root}/:number/items/:item`]: onItem((project, item, request) => {
    for (const { id, value } of request.body.fields) {
      const field = project.fields.find((one) => one.id === id);
      const isOption = field?.options?.some((option) => option.id === value) ?? true;
      if (!field || (value !== null && !isOption)) return refuse(422, "Validation Failed");
      item.values.set(id, value);
    }
    return json(itemJson(project, item, request));
  }),
  [`DELETE ${root}/:number/items/:item`]: onItem((project, item) => {
    project.items.splice(project.items.indexOf(item), 1);
    return nothing;
  }),
  [`POST ${root}/:number/views`]: on((project, { world, body }) => {
    const view = { id: world.of(Board).nextId(), name: body.name, layout: body.layout };
    project.views.push(view);
    return json({ ...view, number: project.views.length, node_id: nodeId("PVTV", view.id) }, 201);
  }),
});

/** Projects over REST. */
export const projectRoutes: FakeRoutes = {
  ...routes("/orgs/:owner/projectsV2"),
  ...routes("/users/:owner/projectsV2"),
  "GET /users/:login": ({ params: { login } }) =>
    json({ login, id: 4, type: login === "octo" ? "Organization" : "User" }),
};

function on(answer: (project: FakeProject, request: FakeRequest) => FakeAnswer) {
  return (request: FakeRequest): FakeAnswer => {
    const { owner, number } = request.params;
    const all = request.world.of(Board).projects;
    const project = all.find((one) => one.owner === owner && one.number === Number(number));
    return project ? answer(project, request) : notFound;
  };
}

function onItem(
  answer: (project: FakeProject, item: FakeItem, request: FakeRequest) => FakeAnswer,
) {
  return on((project, request) => {
    const item = project.items.find(({ id }) => id === Number(request.params.item));
    return item ? answer(project, item, request) : notFound;
  });
}

/** A page of a list that goes on by cursors. */
function byCursor({ query, url }: FakeRequest, items: readonly unknown[]): FakeAnswer {
  const start = Number(query.get("after") ?? 0);
  const end = start + Number(query.get("per_page") ?? 30);
  const next = new URL(url);
  next.searchParams.set("after", String(end));
  const headers: Record<string, string> =
    end < items.length ? { link: `<${next.href}>; rel="next"` } : {};
  return { body: items.slice(start, end), headers };
}

function projectJson({ id, number, title }: FakeProject) {
  return {
    id,
    node_id: nodeId("PVT", id),
    number,
    title,
    public: true,
    created_at: AT,
    updated_at: AT,
  };
}

function itemJson(project: FakeProject, { id, content, values }: FakeItem, { query }: FakeRequest) {
  const isDraft = typeof content === "string";
  const title = isDraft ? content : content.title;
  const wanted = (query.get("fields") ?? "").split(",").map(Number);
  const fields = project.fields.filter((field) => wanted.includes(field.id));
  return {
    id,
    node_id: nodeId("PVTI", id),
    content_type: isDraft ? "DraftIssue" : content.pull ? "PullRequest" : "Issue",
    content: isDraft ? { title, body: "" } : issueJson(content),
    creator: { login: "octocat" },
    created_at: AT,
    updated_at: AT,
    archived_at: null,
    fields: [
      { id: 1, name: "Title", data_type: "title", value: { raw: title, html: title } },
      ...fields.map((field) => ({ ...field, value: valueJson(field, values.get(field.id)) })),
    ],
  };
}

function valueJson({ options }: FakeField, value: unknown): unknown {
  const option = options?.find(({ id }) => id === value);
  const name = option && { raw: option.name, html: option.name };
  return option ? { id: option.id, name, color: "GREEN" } : (value ?? null);
}
