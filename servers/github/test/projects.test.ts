import { accept } from "@portico/core/testing";
import { refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { parseAllowList } from "../src/bounds/allow-list.ts";
import { Board } from "./fake/projects.ts";
import { openTracker } from "./support/tracker.ts";

const STATUS = {
  name: "Status",
  data_type: "single_select",
  options: [
    { id: "a1", name: "Todo" },
    { id: "b2", name: "Done" },
  ],
};
const POINTS = { name: "Points", data_type: "number" };
const SCOPES = { good: { login: "octocat", scopes: "repo, project" } };
const roadmap = { owner: "octo", project_number: 1 };

async function openBoard(options: Parameters<typeof openTracker>[0] = {}) {
  const { client, github, tracker } = await openTracker({ users: SCOPES, ...options });
  const board = github.world.of(Board);
  const project = board.add("octo", "Roadmap", [STATUS, POINTS]);
  const list = (method: string, args: object = {}) =>
    structured<{ items: object[]; next_cursor?: string }>(client, "projects_list", {
      ...roadmap,
      method,
      ...args,
    });
  const write = (method: string, args: object = {}) =>
    structured(client, "projects_write", { ...roadmap, method, ...args });
  return { client, github, tracker, board, project, list, write };
}

test("projects of organizations and of people are listed and read", async () => {
  const { client, board, list } = await openBoard();
  board.add("mona", "Garden");
  expect((await list("list_projects")).items).toMatchObject([{ number: 1, title: "Roadmap" }]);
  expect((await list("list_projects", { owner: "mona" })).items).toMatchObject([
    { title: "Garden" },
  ]);
  const garden = { method: "get_project", owner: "mona", project_number: 1 };
  expect(await structured(client, "projects_get", garden)).toMatchObject({ title: "Garden" });
});

test("fields are listed with their options, and read", async () => {
  const { client, project, list } = await openBoard();
  expect((await list("list_project_fields")).items).toMatchObject([
    { name: "Status", options: [{ id: "a1", name: "Todo" }, { name: "Done" }] },
    { name: "Points", data_type: "number" },
  ]);
  const args = { ...roadmap, method: "get_project_field", field_id: project.fields[1]?.id };
  expect(await structured(client, "projects_get", args)).toMatchObject({ name: "Points" });
});

test("items are listed page by page, with the fields that are named", async () => {
  const { client, tracker, board, project, list } = await openBoard();
  const issue = tracker.add("octo/site", { title: "Broken", author: "mona", labels: ["bug"] });
  const [status, points] = project.fields;
  const item = board.put(project, issue);
  item.values.set(status?.id ?? 0, "b2").set(points?.id ?? 0, 3);
  board.put(project, "An idea");
  const first = await list("list_project_items", { per_page: 1, field_names: ["status"] });
  expect(first).toMatchObject({
    items: [
      {
        content_type: "Issue",
        content: { number: 1, title: "Broken", repository: "octo/site", labels: ["bug"] },
        fields: [
          { name: "Title", value: "Broken" },
          { name: "Status", value: { id: "b2", name: "Done" } },
        ],
      },
    ],
    next_cursor: "1",
  });
  const next = await list("list_project_items", { per_page: 1, after: first.next_cursor });
  expect(next.items).toMatchObject([{ content_type: "DraftIssue", content: { title: "An idea" } }]);
  const args = { ...roadmap, method: "get_project_item", item_id: item.id };
  const fields = [String(points?.id)];
  expect(await structured(client, "projects_get", { ...args, fields })).toMatchObject({
    fields: [{ name: "Title" }, { name: "Points", value: 3 }],
  });
  const wrong = { ...args, field_names: ["Size"] };
  expect(await refusal(client, "projects_get", wrong)).toContain(
    'no field "Size"; it has "Status", "Points"',
  );
});

test("items are added, updated one by one and together, and deleted", async () => {
  const { client, tracker, project, write } = await openBoard({
    client: { answers: { confirm: accept() } },
  });
  tracker.add("octo/site", { title: "One" });
  tracker.add("octo/site", { title: "Two", pull: {} });
  const place = { item_owner: "octo", item_repo: "site" };
  const added = await write("add_project_item", { ...place, item_type: "issue", issue_number: 1 });
  const pull = { ...place, item_type: "pull_request", pull_request_number: 2 };
  const { item_id } = await write("add_project_item", pull);
  const [status, points] = project.fields;
  const done = { updated_field: { name: "status", value: "done" } };
  await write("update_project_item", { ...place, issue_number: 1, ...done });
  expect(project.items[0]?.values).toEqual(new Map([[status?.id, "b2"]]));
  const items = [{ node_id: added.node_id }, { item_id }, { item_id: 1 }];
  const updated_field = { id: points?.id, value: 5 };
  expect(await write("update_project_items", { items, updated_field })).toMatchObject({
    updated: 2,
    failed: 1,
    items: [{ updated: true }, { item_id, updated: true }, { item_id: 1, updated: false }],
  });
  expect(project.items.map(({ values }) => values.get(points?.id ?? 0))).toEqual([5, 5]);
  const unknown = { item_id, updated_field: { name: "Status", value: "Later" } };
  const update = { ...roadmap, method: "update_project_item", ...unknown };
  expect(await refusal(client, "projects_write", update)).toContain(
    '"Status" cannot be "Later"; it can be "Todo", "Done"',
  );
  await write("delete_project_item", { item_id });
  expect(project.items).toHaveLength(1);
});

test("status updates and views are made, listed and read", async () => {
  const { client, write, list } = await openBoard();
  await write("create_project_status_update", { status: "AT_RISK", body: "Late" });
  const [update] = (await list("list_project_status_updates")).items as { id: string }[];
  expect(update).toMatchObject({ status: "AT_RISK", body: "Late", creator: "octocat" });
  const get = (method: string, args: object) =>
    structured(client, "projects_get", { ...roadmap, method, ...args });
  expect(await get("get_project_status_update", { status_update_id: update?.id })).toEqual(update);
  await write("create_project_view", { name: "Board", layout: "board" });
  const [view] = (await list("list_project_views")).items as { id: string }[];
  expect(view).toMatchObject({ name: "Board", layout: "board", number: 1 });
  expect(await get("get_project_view", { view_id: view?.id })).toEqual(view);
});

test("the id of a view elsewhere shows nothing, whatever project is named", async () => {
  const { client, board, github } = await openBoard();
  const other = board.add("mona", "Garden");
  other.views.push({ id: 42, name: "Beds", layout: "table" });
  const view_id = `PVTV_${Buffer.from("42").toString("base64url")}`;
  const args = { ...roadmap, method: "get_project_view", view_id };
  expect(await refusal(client, "projects_get", args)).toContain(
    "no such part of project 1 of octo",
  );
  expect(github.requests).toHaveLength(1);
});

test("a project that is not there is refused in one sentence", async () => {
  const { client } = await openBoard();
  const views = { owner: "octo", project_number: 9, method: "list_project_views" };
  expect(await refusal(client, "projects_list", views)).toBe("octo has no project 9.");
  const update = { owner: "octo", project_number: 9, method: "create_project_status_update" };
  expect(await refusal(client, "projects_write", update)).toBe("octo has no project 9.");
});

test("a project begins, and gets iterations", async () => {
  const { board, project, write } = await openBoard();
  expect(await write("create_project", { title: "Next" })).toMatchObject({
    number: 2,
    title: "Next",
  });
  expect(board.projects).toHaveLength(2);
  const field = { field_name: "Sprint", iteration_duration: 14, start_date: "2026-03-02" };
  expect(await write("create_iteration_field", field)).toMatchObject({ name: "Sprint" });
  expect(project.fields.at(-1)).toMatchObject({
    data_type: "iteration",
    configuration: { start_date: "2026-03-02", duration: 14 },
  });
});

test.each([
  [{ method: "update_project_item", item_id: 1 }, "needs updated_field"],
  [
    { method: "update_project_item", updated_field: { name: "Status", value: null } },
    "Name an item",
  ],
  [{ method: "add_project_item", item_owner: "octo" }, "needs item_repo"],
  [{ method: "create_project_view", name: "x" }, "needs layout"],
  [{ method: "create_project" }, "needs title"],
])("projects_write refuses %o", async (args, words) => {
  const { client, github } = await openBoard();
  expect(await refusal(client, "projects_write", { ...roadmap, ...args })).toContain(words);
  expect(github.requests.every(({ method }) => method === "GET")).toBe(true);
});

test("nothing of a repository outside the allow-list is shown or added", async () => {
  const { client, github, tracker, board, project, list } = await openBoard({
    settings: { allowed: parseAllowList(["octo"]) },
  });
  github.world.add({ owner: "mona", name: "app", private: false, collaborators: new Map() });
  const outside = tracker.add("mona/app", { title: "Elsewhere", author: "mona" });
  board.put(project, outside);
  expect((await list("list_project_items")).items).toEqual([]);
  const item = { item_owner: "mona", item_repo: "app", item_type: "issue", issue_number: 1 };
  const add = { ...roadmap, method: "add_project_item", ...item };
  expect(await refusal(client, "projects_write", add)).toContain("outside the repositories");
  expect(project.items).toHaveLength(1);
});
