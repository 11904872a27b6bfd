import { json, notFound, nothing, paged, refuse } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeAnswer, FakeRequest, FakeRoutes } from "./github.ts";
import { addRepository, Hub, removeRepository } from "./hub.ts";
import type { FakeRepository } from "./repository.ts";
import * as shown from "./shown.ts";

type In = (repository: FakeRepository, request: FakeRequest) => FakeAnswer;

/** Answers within a repository that its caller may see. */
export function inside(answer: In): (request: FakeRequest) => FakeAnswer {
  return (request) => {
    const { user, params, world } = request;
    const found = world.seenBy<FakeRepository>(user, params.owner, params.repo);
    return found ? answer(found, request) : notFound;
  };
}

/** The same for what only those may do who can push. */
export function writing(answer: In): (request: FakeRequest) => FakeAnswer {
  return inside((repository, request) => {
    const role = roleOf(repository, request.user.login);
    if (["admin", "maintain", "write"].includes(role)) return answer(repository, request);
    return refuse(403, "Resource not accessible by personal access token");
  });
}

function roleOf({ owner, collaborators }: FakeRepository, login: string): string {
  return login === owner ? "admin" : (collaborators.get(login) ?? "read");
}

const releases = ({ releases }: FakeRepository) => releases.filter(({ draft }) => !draft);

/** Repositories themselves, and what GitHub lists of them. */
export const reposRoutes: FakeRoutes = {
  "GET /repos/:owner/:repo": inside((found) => json(shown.repository(found))),
  "DELETE /repos/:owner/:repo": inside((found, { user, world }) => {
    if (roleOf(found, user.login) !== "admin") return refuse(403, "Must have admin rights.");
    removeRepository(world, found);
    return nothing;
  }),
  "POST /user/repos": ({ user, body, world }) => create(world, user.login, body),
  "POST /orgs/:org/repos": ({ params, body, world }) => create(world, params.org!, body),
  "POST /repos/:owner/:repo/forks": inside((found, { user, body, world }) => {
    const owner = body?.organization ?? user.login;
    const copy = addRepository(world, { owner, name: found.name, private: found.private });
    copy.fork = true;
    return json(shown.repository(copy), 202);
  }),
  "GET /repos/:owner/:repo/branches": inside((found, request) => {
    const heads = [...found.refs].filter(([name]) => name.startsWith("heads/"));
    const branches = heads.map(([name, sha]) => ({
      name: name.slice("heads/".length),
      commit: { sha },
      protected: name === `heads/${found.defaultBranch}`,
    }));
    return paged(request, branches);
  }),
  "GET /repos/:owner/:repo/tags": inside((found, request) => {
    const tags = [...found.refs.keys()].filter((name) => name.startsWith("tags/"));
    const named = tags.map((name) => ({
      name: name.slice(5),
      commit: { sha: found.resolve(name) },
    }));
    return paged(request, named);
  }),
  "GET /repos/:owner/:repo/releases": inside((found, request) =>
    paged(
      request,
      releases(found).map((one) => shown.release(found, one)),
    ),
  ),
  "GET /repos/:owner/:repo/releases/latest": inside((found) => {
    const latest = releases(found).find(({ prerelease }) => !prerelease);
    return latest ? json(shown.release(found, latest)) : notFound;
  }),
  "GET /repos/:owner/:repo/releases/tags/*tag": inside((found, { params }) => {
    const tagged = releases(found).find(({ tag_name }) => tag_name === params.tag);
    return tagged ? json(shown.release(found, tagged)) : notFound;
  }),
  "GET /repos/:owner/:repo/collaborators": writing((found, request) => {
    const all = [...found.collaborators].map(([login, role_name]) => ({
      ...person(login),
      role_name,
    }));
    return paged(request, all);
  }),
  "GET /repos/:owner/:repo/collaborators/:username/permission": inside((found, { params }) => {
    const role = roleOf(found, params.username!);
    const permission = role === "maintain" ? "write" : role === "triage" ? "read" : role;
    return json({ permission, role_name: role, user: person(params.username!) });
  }),
};

function create(
  world: FakeRequest["world"],
  owner: string,
  body: { name: string; private?: boolean; description?: string; auto_init?: boolean },
): FakeAnswer {
  const isTaken = world
    .of(Hub)
    .repositories.some((one) => one.owner === owner && one.name === body.name);
  if (isTaken) {
    const errors = [
      {
        resource: "Repository",
        code: "custom",
        field: "name",
        message: "name already exists on this account",
      },
    ];
    return refuse(422, "Repository creation failed.", { errors });
  }
  const made = addRepository(world, { ...body, owner });
  if (body.auto_init) made.commit({ "README.md": `# ${body.name}` }, { message: "Initial commit" });
  return json(shown.repository(made), 201);
}
