import { expect, test } from "vitest";
import { homeOfContent, valueShape } from "./values.ts";

const everything = async () => true;
const nothing = async () => false;

const pull = {
  number: 7,
  title: "Fix",
  state: "open",
  html_url: "https://github.com/octo/site/pull/7",
  user: { login: "mona" },
};

test.each([
  ["a text", { raw: "As *written*", html: "As <em>written</em>" }, "As *written*"],
  ["a number", 3, 3],
  ["a date", "2026-03-02", "2026-03-02"],
  [
    "people",
    [
      { login: "mona", id: 1 },
      { login: "octocat", id: 2 },
    ],
    ["mona", "octocat"],
  ],
  ["a repository", { id: 1, full_name: "octo/site", private: false }, "octo/site"],
  ["a milestone", { number: 1, title: "1.0", open_issues: 2 }, "1.0"],
  [
    "labels",
    [{ id: 1, name: "bug", color: "red", url: "x" }],
    [{ id: 1, name: "bug", color: "red" }],
  ],
  [
    "an option",
    { id: "a1", name: { raw: "Done", html: "Done" }, color: "GREEN", description: {} },
    { id: "a1", name: "Done", color: "GREEN" },
  ],
  [
    "an iteration",
    {
      id: "s1",
      title: { raw: "Sprint 1", html: "Sprint 1" },
      start_date: "2026-03-02",
      duration: 14,
    },
    { id: "s1", title: "Sprint 1", start_date: "2026-03-02", duration: 14 },
  ],
  ["pull requests", [pull], [{ number: 7, title: "Fix", state: "open", repository: "octo/site" }]],
  ["nothing", null, null],
])("%s is said in few words", async (_, value, shape) => {
  expect(await valueShape(value, everything)).toEqual(shape);
});

test("pull requests that may not be shown are left out, with their titles", async () => {
  expect(await valueShape([pull], nothing)).toEqual([]);
  expect(await valueShape({ ...pull, html_url: "https://x.example/elsewhere" }, everything)).toBe(
    undefined,
  );
});

test.each([
  [{ repository_url: "https://api.github.com/repos/octo/site" }, { owner: "octo", repo: "site" }],
  [{ html_url: "https://ghe.example/octo/site/issues/3" }, { owner: "octo", repo: "site" }],
  [{ html_url: "https://github.com/octo/site" }, undefined],
  [{}, undefined],
])("the home of %o is %o", (content, home) => {
  expect(homeOfContent(content)).toEqual(home);
});
