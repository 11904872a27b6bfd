import { structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import type { FakeRoutes } from "./fake/github.ts";
import { recordedRoutes } from "./fake/recorded.ts";
import { open } from "./support/servers.ts";

// What GitHub itself answered once: our own stand-in says what we believe it says.

const owner = "octokit-fixture-org";

/** A recorded scenario whose requests have a query, which the tools may spell in another order. */
function withoutQuery(scenario: string): FakeRoutes {
  const routes = Object.entries(recordedRoutes(scenario));
  return Object.fromEntries(routes.map(([route, answer]) => [route.replace(/\?.*/, ""), answer]));
}

test("a page of issues is listed as GitHub recorded it, and the next one named", async () => {
  const { client, github } = await open({ routes: [withoutQuery("paginate-issues")] });
  const args = { owner, repo: "paginate-issues", page: 1, per_page: 3, state: "open" };
  const page = await structured<{ issues: object[] }>(client, "list_issues", args);
  expect(page).toMatchObject({ next_cursor: "2" });
  expect(page.issues).toHaveLength(3);
  const names =
    "author_association comments created_at html_url id number state title updated_at user";
  for (const issue of page.issues) expect(Object.keys(issue).sort().join(" ")).toBe(names);
  expect(github.requests[0]?.query.toString()).toBe(
    "state=open&sort=created&direction=desc&per_page=3&page=1",
  );
});

test("issues are found as GitHub recorded it", async () => {
  const { client } = await open({ routes: [withoutQuery("search-issues")] });
  const args = { query: "sesame", owner, repo: "search-issues" };
  const found = await structured<{ total_count: number; items: object[] }>(
    client,
    "search_issues",
    args,
  );
  expect(found.items).toHaveLength(found.total_count);
  expect(found.items[0]).toMatchObject({ repository: `${owner}/search-issues` });
});

test("an issue is opened as GitHub recorded it", async () => {
  const { client, github } = await open({ routes: [recordedRoutes("add-labels-to-issue")] });
  const args = { owner, repo: "add-labels-to-issue", method: "create" };
  const made = await structured(client, "issue_write", { ...args, title: "Issue without a label" });
  expect(made).toMatchObject({
    number: 1,
    html_url: `https://github.com/${owner}/add-labels-to-issue/issues/1`,
  });
  expect(github.requests[0]?.body).toEqual({ title: "Issue without a label" });
});
