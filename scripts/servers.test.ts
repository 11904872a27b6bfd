import { globSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { expect, test } from "vitest";
import { placeComplaints } from "./generate/places.ts";

const root = resolve(import.meta.dirname, "..");
const servers = globSync("servers/*/package.json", { cwd: root }).map((path) =>
  basename(dirname(path)),
);

test.each(servers)("%s is wherever a server has to be", (name) => {
  const complaints = placeComplaints(root, name);
  expect(complaints, complaints.join("\n")).toEqual([]);
});

test("a server that is nowhere yet is told what to do in each place", () => {
  const complaints = placeComplaints(root, "nowhere");
  expect(complaints).toHaveLength(10);
  for (const complaint of complaints) {
    expect(complaint).toMatch(/^nowhere (is missing in|has no) .+\. (Add|Draw|Write) .+\.$/);
  }
});
