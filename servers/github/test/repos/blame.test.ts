import { refusal, structured, succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { BLAME } from "../../src/repos/blame.ts";
import { LIST_LABELS } from "../../src/repos/labels.ts";
import { complaintsAbout } from "../fake/graphql.ts";
import { openSite, SITE } from "../support/repos.ts";

const NAME = "get_file_blame";

async function openWritten(options = {}) {
  const opened = await openSite(options);
  const { site } = opened;
  const one = site.commit({ a: "1\n2\n3\n" }, { message: "One\n\nmore", author: "maintainer" });
  const two = site.commit({ a: "1\ntwo\n3\n" }, { message: "Two", author: "stranger" });
  return { ...opened, one, two };
}

test.each([BLAME, LIST_LABELS])("GitHub's schema has nothing against the document", (document) => {
  expect(complaintsAbout(document)).toEqual([]);
});

test("each line names the commit that changed it last", async () => {
  const { client, one, two } = await openWritten();
  expect(await structured(client, NAME, { ...SITE, path: "a" })).toMatchObject({
    ranges: [
      { starting_line: 1, ending_line: 1, commit_sha: one },
      { starting_line: 2, ending_line: 2, commit_sha: two },
      { starting_line: 3, ending_line: 3, commit_sha: one },
    ],
    commits: {
      [one]: { sha: one, message_headline: "One", author: { login: "maintainer" } },
      [two]: { sha: two, message_headline: "Two", author: { login: "stranger" } },
    },
    total_ranges: 3,
  });
});

test("a part of a file, and page after page", async () => {
  const { client, site, one } = await openWritten();
  site.refs.set("tags/v1", site.objects.tag({ object: one, name: "v1", message: "First" }));
  const args = { ...SITE, path: "a", perPage: 1, start_line: 2 };
  const first = await structured(client, NAME, args);
  expect(first).toMatchObject({ ranges: [{ starting_line: 2 }], total_ranges: 2 });
  const rest = await structured(client, NAME, { ...args, after: first.next_cursor });
  expect(rest).toMatchObject({ ranges: [{ starting_line: 3 }] });
  expect(rest).not.toHaveProperty("next_cursor");
  const tagged = await structured(client, NAME, { ...args, ref: "v1", end_line: 2 });
  expect(tagged).toMatchObject({ ranges: [{ starting_line: 2, commit_sha: one }] });
});

test("what there is no commit for, and no cursor, is said", async () => {
  const { client } = await openWritten();
  const args = { ...SITE, path: "a" };
  expect(await refusal(client, NAME, { ...args, ref: "no" })).toBe(
    "no names no commit of octo/site.",
  );
  expect(await refusal(client, NAME, { ...args, after: "x" })).toContain("next_cursor");
  expect(await refusal(client, NAME, { ...args, path: "../a" })).toContain("no path");
});

test("GH3: lockdown withholds the commits of strangers here too", async () => {
  const { client } = await openWritten({ settings: { isLocked: true } });
  const { content, structuredContent } = await succeed(client, NAME, { ...SITE, path: "a" });
  expect(JSON.stringify([content, structuredContent])).not.toContain("Two");
  expect(structuredContent).toMatchObject({ total_ranges: 3 });
});
