import { json } from "../fake/answers.ts";
import type { FakeRoutes } from "../fake/github.ts";
import { placeRoutes } from "../fake/places.ts";

/** Routes that answer everything a test of the machinery asks, whatever it is. */
export const anything: FakeRoutes = {
  ...placeRoutes,
  "GET /repos/:owner/:repo/branches": () => json([{ name: "main", commit: { sha: "1" } }]),
  "GET /repos/:owner/:repo/contents/*path": () =>
    json({ type: "file", path: "a", sha: "1", size: 1, encoding: "base64", content: "YQ==" }),
};
