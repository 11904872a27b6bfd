import { json, notFound, paged, refuse } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeRoutes } from "./github.ts";
import { type FakeGist, Hub } from "./hub.ts";

/** Gists. */
export const gistsRoutes: FakeRoutes = {
  "GET /gists": (request) => {
    const mine = [...request.world.of(Hub).gists.values()].filter(
      ({ owner }) => owner === request.user.login,
    );
    return paged(
      request,
      mine.map((gist) => gistShown(gist, false)),
    );
  },
  "GET /users/:username/gists": (request) => {
    const theirs = [...request.world.of(Hub).gists.values()].filter(
      (gist) => gist.owner === request.params.username && gist.public,
    );
    return paged(
      request,
      theirs.map((gist) => gistShown(gist, false)),
    );
  },
  "GET /gists/:id": ({ params, world }) => {
    const gist = world.of(Hub).gists.get(params.id!);
    return gist ? json(gistShown(gist, true)) : notFound;
  },
  "POST /gists": ({ body, user, world }) => {
    const { gists } = world.of(Hub);
    const gist: FakeGist = {
      id: `aa${gists.size}`,
      owner: user.login,
      public: body.public ?? false,
      description: body.description ?? "",
      files: new Map(filesIn(body.files)),
    };
    gists.set(gist.id, gist);
    return json(gistShown(gist, true), 201);
  },
  "PATCH /gists/:id": ({ params, body, user, world }) => {
    const gist = world.of(Hub).gists.get(params.id!);
    if (gist?.owner !== user.login) return notFound;
    if (Object.keys(body.files).length === 0) return refuse(422, "Validation Failed");
    for (const [name, content] of filesIn(body.files)) gist.files.set(name, content);
    gist.description = body.description ?? gist.description;
    return json(gistShown(gist, true));
  },
};

function filesIn(files: Readonly<Record<string, { content: string }>>): [string, string][] {
  return Object.entries(files).map(([name, { content }]) => [name, content]);
}

function gistShown(gist: FakeGist, isWhole: boolean): object {
  const files = [...gist.files].map(([filename, content]) => {
    const facts = { filename, language: null, size: content.length };
    return [filename, isWhole ? { ...facts, truncated: false, content } : facts];
  });
  const { id, description, public: isPublic, owner } = gist;
  return {
    id,
    description,
    public: isPublic,
    html_url: `https://gist.github.com/${id}`,
    owner: person(owner),
    comments: 0,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    truncated: false,
    files: Object.fromEntries(files),
  };
}
