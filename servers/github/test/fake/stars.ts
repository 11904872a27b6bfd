import { nothing, paged } from "./answers.ts";
import type { FakeRequest, FakeRoutes } from "./github.ts";
import { Hub } from "./hub.ts";
import { inside } from "./repos.ts";
import * as shown from "./shown.ts";

const starredBy = (request: FakeRequest, login: string) => {
  const { repositories } = request.world.of(Hub);
  const starred = repositories.filter(
    ({ stars, owner, name }) => stars.has(login) && request.world.seenBy(request.user, owner, name),
  );
  return paged(request, starred.map(shown.repository));
};

/** Stars. */
export const starsRoutes: FakeRoutes = {
  "GET /user/starred": (request) => starredBy(request, request.user.login),
  "GET /users/:username/starred": (request) => starredBy(request, request.params.username!),
  "PUT /user/starred/:owner/:repo": inside(({ stars }, { user }) => {
    stars.add(user.login);
    return nothing;
  }),
  "DELETE /user/starred/:owner/:repo": inside(({ stars }, { user }) => {
    stars.delete(user.login);
    return nothing;
  }),
};
