import { paged } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeRequest, FakeRoutes } from "./github.ts";
import { Hub } from "./hub.ts";
import type { FakeRepository } from "./repository.ts";
import * as shown from "./shown.ts";

/** Searches: words must be there, `repo:` and `user:` say where, other qualifiers are taken as they are. */
export const searchRoutes: FakeRoutes = {
  "GET /search/repositories": (request) =>
    found(
      request,
      visible(request)
        .filter(({ fullName }) => fits(request, fullName))
        .map(shown.repository),
    ),
  "GET /search/code": (request) =>
    found(
      request,
      visible(request).flatMap((repository) => codeIn(repository, request)),
    ),
  "GET /search/commits": (request) =>
    found(
      request,
      visible(request).flatMap((repository) =>
        repository.objects
          .history(repository.resolve(repository.defaultBranch) ?? "")
          .filter((sha) => fits(request, repository.objects.commits.get(sha)?.message ?? "\0"))
          .map((sha) => ({
            ...shown.commit(repository, sha),
            repository: shown.repository(repository),
          })),
      ),
    ),
  "GET /search/users": (request) => {
    const owners = new Set(request.world.of(Hub).repositories.map(({ owner }) => owner));
    const items = [...owners].filter((owner) => fits(request, owner)).map(person);
    return found(request, items);
  },
};

function found(request: FakeRequest, items: readonly object[]) {
  return paged(request, items, (page) => ({
    total_count: items.length,
    incomplete_results: false,
    items: page,
  }));
}

function visible({ world, user, query }: FakeRequest): FakeRepository[] {
  const places = (query.get("q") ?? "").split(/\s+/).filter((term) => /^(repo|user):/.test(term));
  return world.of(Hub).repositories.filter(({ owner, name, fullName }) => {
    if (!world.seenBy(user, owner, name)) return false;
    return (
      places.length === 0 ||
      places.some((one) => [`repo:${fullName}`, `user:${owner}`].includes(one))
    );
  });
}

function fits({ query }: FakeRequest, text: string): boolean {
  const words = (query.get("q") ?? "").split(/\s+/).filter((term) => !term.includes(":"));
  return words.every((word) => text.toLowerCase().includes(word.toLowerCase()));
}

function codeIn(repository: FakeRepository, request: FakeRequest): object[] {
  const commit = repository.commitAt(repository.defaultBranch);
  if (!commit) return [];
  const wantsMatches = String(request.headers.accept).includes("text-match");
  return [...repository.objects.files(commit.tree)].flatMap(([path, { sha }]) => {
    const text = repository.objects.blobs.get(sha)?.toString() ?? "";
    if (!fits(request, text)) return [];
    return {
      name: path.split("/").at(-1),
      path,
      sha,
      repository: shown.repository(repository),
      ...(wantsMatches && {
        text_matches: [{ fragment: text.slice(0, 100), property: "content" }],
      }),
    };
  });
}
