import { json, paged } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeRoutes } from "./github.ts";
import { inside } from "./repos.ts";

/** What is asked for while somebody types: refs that begin so, and one's organizations. */
export const completionRoutes: FakeRoutes = {
  "GET /user/orgs": () => json([person("octo-org")]),
  "GET /repos/:owner/:repo/git/matching-refs/*ref": inside((found, request) => {
    const names = [...found.refs.keys()].filter((name) =>
      name.startsWith(request.params.ref ?? ""),
    );
    return paged(
      request,
      names.map((name) => ({ ref: `refs/${name}`, object: { sha: found.refs.get(name) } })),
    );
  }),
};
