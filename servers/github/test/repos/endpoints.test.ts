import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { routes } from "../support/repos.ts";

// The endpoint methods are generated from GitHub's own description of its API, so that a route they do not know is
// one that GitHub does not have.

interface Method {
  readonly endpoint: { readonly DEFAULTS: { readonly method: string; readonly url: string } };
}

const { rest } = new Octokit();
const methodAt = (name: string) => {
  const [scope = "", method = ""] = name.split(".");
  return (rest as unknown as Record<string, Record<string, Method>>)[scope]?.[method];
};

const src = path.join(import.meta.dirname, "../../src");
const folders = ["repos", "git", "gists", "labels", "orgs", "stargazers", "users"];
const sources = [path.join(src, "repos"), ...folders.map((name) => path.join(src, "tools", name))]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) =>
      path.join(folder, file),
    ),
  )
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => readFileSync(file, "utf8"));

const called = [
  ...new Set(
    sources.flatMap((text) => [...text.matchAll(/\brest\.(\w+\.\w+)\(/g)].map(([, name]) => name!)),
  ),
].sort();

/** `GET /repos/{}/{}`: the names of parameters do not matter. */
const shapeOf = (route: string) => route.replaceAll(/\{\w+\}|[:*]\w+/g, "{}");

test("every endpoint that tools of repositories call is one GitHub describes", () => {
  expect(called.length).toBeGreaterThan(35);
  expect(called.filter((name) => methodAt(name) === undefined)).toEqual([]);
});

test("every endpoint they call is in the stand-in, and the stand-in has no other", () => {
  const described = called.map((name) => {
    const { method, url } = methodAt(name)!.endpoint.DEFAULTS;
    return shapeOf(`${method} ${url}`);
  });
  const offered = routes
    .flatMap(Object.keys)
    .map(shapeOf)
    // Octokit asks for the root of a repository without the last slash.
    .filter((route) => route !== "GET /repos/{}/{}/contents" && route !== "POST /graphql");
  const ofOthers = ["GET /user", "GET /repos/{}/{}/collaborators/{}/permission"];
  expect(new Set(offered)).toEqual(new Set([...described, ...ofOthers]));
});
