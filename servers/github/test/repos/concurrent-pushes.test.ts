import { textOf } from "@portico/testing-servers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openSite, SITE } from "../support/repos.ts";

test("of pushes at once each is either whole in the branch or refused", async () => {
  const { client, site } = await openSite();
  site.commit({ a: "old" });
  const names = Array.from({ length: 8 }, (_, at) => `file-${at}`);
  const results = await Promise.all(
    names.map((name) => {
      const files = [
        { path: `${name}/one`, content: name },
        { path: `${name}/two`, content: name },
      ];
      return client.callTool("push_files", { ...SITE, branch: "main", message: name, files });
    }),
  );
  const pushed = names.filter((_, at) => !results[at]?.isError);
  const refusals = results.filter(({ isError }) => isError).map(textOf);
  expect(pushed.length).toBeGreaterThan(0);
  expect(refusals.filter((text) => !text.includes("nothing was pushed"))).toEqual([]);
  for (const name of names) {
    const expected = pushed.includes(name) ? name : undefined;
    expect([name, site.text(`${name}/one`), site.text(`${name}/two`)]).toEqual([
      name,
      expected,
      expected,
    ]);
  }
  const history = site.objects.history(site.refs.get("heads/main")!);
  expect(history).toHaveLength(1 + pushed.length);
});

test("whatever is pushed, all other files stay as they were", async () => {
  const path = fc
    .array(fc.constantFrom("a", "b", "ü", "c d"), { minLength: 1, maxLength: 3 })
    .map((names) => names.join("/"));
  const files = fc.uniqueArray(fc.record({ path, content: fc.string() }), {
    selector: (file) => file.path,
    minLength: 1,
    maxLength: 4,
  });
  const { client, site } = await openSite();
  site.commit({ "kept/as it was": "kept" });
  const expected = new Map([["kept/as it was", "kept"]]);
  for (const pushed of fc.sample(files, { seed: 20261122, numRuns: 40 })) {
    const args = { ...SITE, branch: "main", message: "Push", files: pushed };
    const { isError } = await client.callTool("push_files", args);
    if (!isError) for (const { path, content } of pushed) expected.set(path, content);
    const tree = site.commitAt("heads/main")!.tree;
    const now = [...site.objects.files(tree).keys()].map((path) => [path, site.text(path)]);
    expect(new Map(now as [string, string][])).toEqual(expected);
  }
  expect(expected.size).toBeGreaterThan(5);
});
