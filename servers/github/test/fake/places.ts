import { json, notFound } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeAnswer, FakeRequest, FakeRoute, FakeRoutes } from "./github.ts";
import type { FakePlace } from "./world.ts";

/** A repository anybody may read, in which only `maintainer` may push. */
export const publicPlace: FakePlace = {
  owner: "octo",
  name: "site",
  private: false,
  collaborators: new Map([["maintainer", "write"]]),
};

/** A repository only `octocat` sees. */
export const privatePlace: FakePlace = {
  owner: "octocat",
  name: "diary",
  private: true,
  collaborators: new Map([["octocat", "admin"]]),
};

/** Answers only where the caller may see the repository of `:owner` and `:repo`. */
export function inPlace(answer: (request: FakeRequest, place: FakePlace) => FakeAnswer): FakeRoute {
  return (request) => {
    const { owner, repo } = request.params;
    const place = request.world.seenBy(request.user, owner, repo);
    return place ? answer(request, place) : notFound;
  };
}

/** What decides whose words are shown: visibility, and who may push. */
export const placeRoutes: FakeRoutes = {
  "GET /user": ({ user }) => json(person(user.login)),
  "GET /repos/:owner/:repo": inPlace((_, place) => json(minimal(place))),
  "GET /repos/:owner/:repo/collaborators/:login/permission": inPlace(({ params }, place) => {
    const permission = place.collaborators.get(params.login ?? "") ?? "read";
    return json({ permission, role_name: permission, user: person(params.login ?? "") });
  }),
};

/** A repository as it stands inside of other things. */
export function minimal(place: FakePlace): object {
  const { owner, name } = place;
  return {
    id: 1,
    name,
    full_name: `${owner}/${name}`,
    private: place.private,
    owner: person(owner),
    default_branch: "main",
    html_url: `https://github.com/${owner}/${name}`,
  };
}
