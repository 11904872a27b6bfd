import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

// Routes that Octokit has no method for are plain texts, which no compiler checks.

const src = path.join(import.meta.dirname, "../src");
const types = path.join(import.meta.dirname, "../node_modules/@octokit/openapi-types/types.d.ts");

/** A route without the names of its parameters, which a caller may choose. */
const nameless = (route: string) => route.replace(/\{[^}]+\}/g, "{}");

/** Every route of GitHub's description, as `GET /repos/{}/{}`. */
function described(): ReadonlySet<string> {
  const routes = new Set<string>();
  let place = "";
  for (const line of readFileSync(types, "utf8").split("\n")) {
    if (line.startsWith("export interface webhooks")) break;
    place = /^ {2}"(\/[^"]*)": \{$/.exec(line)?.[1] ?? place;
    const [, method] = /^ {4}(get|post|put|patch|delete): operations/.exec(line) ?? [];
    if (method !== undefined) routes.add(nameless(`${method.toUpperCase()} ${place}`));
  }
  return routes;
}

const sources = globSync("**/*.ts", { cwd: src })
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => readFileSync(path.join(src, file), "utf8"));

const plain = sources.flatMap((source) =>
  [...source.matchAll(/["`]((?:GET|POST|PUT|PATCH|DELETE) \/[^"`$]+)["`]/g)].map(
    ([, route]) => route as string,
  ),
);

/** What is asked of a project, for organizations and for people. */
const ofProjects = sources.flatMap((source) =>
  [
    ...source.matchAll(/askProject(?:<[^(]+>)?\(\s*github,\s*"(\w+)",\s*place,\s*"([^"]*)"/g),
  ].flatMap(([, method, rest]) =>
    ["orgs", "users"].map((kind) => `${method} /${kind}/{}/projectsV2/{}${rest}`),
  ),
);

test("every route that is asked by its text is one of GitHub's description", () => {
  const known = described();
  const asked = [...new Set([...plain, ...ofProjects].map(nameless))];
  expect(known.size).toBeGreaterThan(1_000);
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter((route) => !known.has(route))).toEqual([]);
});
