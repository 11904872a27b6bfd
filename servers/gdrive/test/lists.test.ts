import { refusal, structured, succeed } from "@portico/testing-servers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitting, placeOf } from "../src/tools/shared/listed.ts";
import { open } from "./changing/support/open.ts";
import { commentsOf } from "./fake/changing/comments.ts";

interface Found {
  files: { id: string; name: string; link?: string; size?: number }[];
  cursor?: string;
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe("a list", () => {
  test("ends where an answer has no more room, and goes on from there without loss", async () => {
    const { client, fake } = await open();
    for (let i = 0; i < 60; i++) fake.store.put({ name: `tea ${i} ${"x".repeat(3_000)}` });
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page: Found = await structured(client, "search", {
        query: "tea",
        page_size: 50,
        ...(cursor !== undefined && { cursor }),
      });
      expect(bytesOf(page)).toBeLessThan(26_000);
      ids.push(...page.files.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(new Set(ids).size).toBe(60);
    expect(ids).toHaveLength(60);
  });

  test("of changes does so, too, and says that there is more", async () => {
    const { client, fake } = await open();
    const start = await structured<{ cursor: string }>(client, "list_changes", {});
    for (let i = 0; i < 20; i++) fake.store.put({ name: "x".repeat(3_000) });
    const first = await structured<{ changes: object[]; cursor: string; has_more: boolean }>(
      client,
      "list_changes",
      { cursor: start.cursor },
    );
    expect(first.has_more).toBe(true);
    const rest = await structured<typeof first>(client, "list_changes", { cursor: first.cursor });
    const last = await structured<typeof first>(client, "list_changes", { cursor: rest.cursor });
    const told = [first, rest, last].map(({ changes }) => changes.length);
    expect(told.reduce((sum, count) => sum + count)).toBe(20);
  });

  test("of comments does so, too", async () => {
    const { client, fake } = await open();
    const stored = fake.store.put({});
    const long = Array.from({ length: 30 }, (_, i) => ({
      id: `c${i}`,
      content: "x".repeat(4_000),
    }));
    commentsOf(stored).push(...long);
    const args = { file_id: stored.meta.id, page_size: 100 };
    const page = await structured<{ comments: { id: string }[]; cursor: string }>(
      client,
      "list_comments",
      args,
    );
    expect(bytesOf(page)).toBeLessThan(26_000);
    const next = await structured<typeof page>(client, "list_comments", {
      ...args,
      cursor: page.cursor,
    });
    expect(next.comments[0]?.id).toBe(`c${page.comments.length}`);
  });

  test("tells the chosen fields alone, besides what names an item", async () => {
    const { client, fake } = await open();
    fake.store.put({ id: "tea", name: "tea", content: "hot", webViewLink: "https://x.example/" });
    const args = { query: "tea", fields: ["size"] };
    const { files } = await structured<Found>(client, "search", args);
    expect(files).toEqual([{ id: "tea", name: "tea", mimeType: "text/plain", size: 3 }]);
    const said = await succeed(client, "search", { ...args, fields: [] });
    expect(said.content[0]).toMatchObject({ text: "Found 1 files:\ntea (text/plain) id: tea" });
    expect(await refusal(client, "search", { ...args, fields: ["owner"] })).toContain("fields");
  });
});

test("whatever a page holds and Google's cursors are, every item is told once", () => {
  const token = fc.oneof(fc.string({ minLength: 1 }), fc.constant("told:3:x"));
  const pages = fc.array(
    fc.array(
      fc.integer({ min: 1, max: 20_000 }).map((length) => "x".repeat(length)),
      { maxLength: 12 },
    ),
    { minLength: 1, maxLength: 4 },
  );
  const holds = fc.property(pages, fc.string(), (pages, salt) => {
    const items = pages.map((page, p) => page.map((text, i) => `${p}/${i}/${text}`));
    const names = pages.map((_, p) => (p === 0 ? "" : `~!${salt}${p}`));
    const told: string[] = [];
    let cursor: string | undefined = "";
    for (let asked = 0; cursor !== undefined; asked++) {
      expect(asked).toBeLessThan(100);
      const place = placeOf(cursor);
      const p = names.indexOf(place.token ?? "");
      const page = fitting(items[p]!, place, names[p + 1]);
      told.push(...page.items);
      cursor = page.cursor;
    }
    expect(told).toEqual(items.flat());
  });
  fc.assert(holds, { seed: 4, numRuns: 100 });
  fc.assert(
    fc.property(token, (one) => {
      const { cursor } = fitting(["x".repeat(30_000), "y"], { token: one, told: 0 }, undefined);
      expect(placeOf(cursor)).toEqual({ token: one, told: 1 });
    }),
    { seed: 4 },
  );
});
