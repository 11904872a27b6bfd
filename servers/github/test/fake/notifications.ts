import { json, notFound, nothing, paged } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeAnswer, FakeRequest, FakeRoute, FakeRoutes } from "./github.ts";
import { inPlace, minimal } from "./places.ts";
import type { FakePlace } from "./world.ts";

/** A notification of the fake. */
export interface FakeThread {
  readonly id: string;
  readonly place: FakePlace;
  readonly title: string;
  /** Of the issue; without one it is about something else, as a release. */
  readonly number?: number;
  readonly author?: string;
  unread: boolean;
}

/** What waits for the user, and what is heard of. */
export class FakeInbox {
  readonly threads: FakeThread[] = [];
  /** By the id of the thread or the full name of the repository. */
  readonly subscriptions = new Map<string, unknown>();
}

/** The routes of notifications. */
export const notificationsRoutes: FakeRoutes = {
  "GET /notifications": (request) => list(request, () => true),
  "PUT /notifications": ({ world }) => {
    for (const thread of world.of(FakeInbox).threads) thread.unread = false;
    return json({ message: "Unread notifications couldn't be marked in a single request." }, 202);
  },
  "GET /repos/:owner/:repo/notifications": inPlace((request, place) =>
    list(request, (thread) => thread.place === place),
  ),
  "PUT /repos/:owner/:repo/notifications": inPlace(({ world }, place) => {
    const own = world.of(FakeInbox).threads.filter((thread) => thread.place === place);
    for (const thread of own) thread.unread = false;
    return json({}, 202);
  }),
  "GET /notifications/threads/:id": ofThread((thread, { url }) => json(shown(thread, url))),
  "PATCH /notifications/threads/:id": ofThread((thread) => {
    thread.unread = false;
    return { status: 205 };
  }),
  "DELETE /notifications/threads/:id": ofThread((thread, { world }) => {
    const { threads } = world.of(FakeInbox);
    threads.splice(threads.indexOf(thread), 1);
    return nothing;
  }),
  "PUT /notifications/threads/:id/subscription": ofThread(({ id }, { world, body }) => {
    world.of(FakeInbox).subscriptions.set(id, body);
    return json(body);
  }),
  "DELETE /notifications/threads/:id/subscription": ofThread(({ id }, { world }) => {
    world.of(FakeInbox).subscriptions.delete(id);
    return nothing;
  }),
  "PUT /repos/:owner/:repo/subscription": inPlace(({ world, body }, { owner, name }) => {
    world.of(FakeInbox).subscriptions.set(`${owner}/${name}`, body);
    return json(body);
  }),
  "DELETE /repos/:owner/:repo/subscription": inPlace(({ world }, { owner, name }) => {
    world.of(FakeInbox).subscriptions.delete(`${owner}/${name}`);
    return nothing;
  }),
  "GET /repos/:owner/:repo/issues/:number": inPlace(({ world, params }, place) => {
    const found = world
      .of(FakeInbox)
      .threads.find((one) => one.place === place && one.number === Number(params.number));
    const user = found?.author === undefined ? null : person(found.author);
    return found ? json({ number: found.number, title: found.title, user }) : notFound;
  }),
};

function list(request: FakeRequest, isWanted: (thread: FakeThread) => boolean): FakeAnswer {
  const isAll = request.query.get("all") === "true";
  const threads = request.world
    .of(FakeInbox)
    .threads.filter((thread) => isWanted(thread) && (isAll || thread.unread));
  return paged(
    request,
    threads.map((thread) => shown(thread, request.url)),
  );
}

function ofThread(answer: (thread: FakeThread, request: FakeRequest) => FakeAnswer): FakeRoute {
  return (request) => {
    const thread = request.world.of(FakeInbox).threads.find(({ id }) => id === request.params.id);
    return thread ? answer(thread, request) : notFound;
  };
}

function shown({ id, place, title, number, unread }: FakeThread, url: string): object {
  const { owner, name } = place;
  const about = number === undefined ? "releases/1" : `issues/${number}`;
  return {
    id,
    repository: minimal(place),
    subject: {
      title,
      type: number === undefined ? "Release" : "Issue",
      url: new URL(`/repos/${owner}/${name}/${about}`, url).href,
      latest_comment_url: null,
    },
    reason: "mention",
    unread,
    updated_at: "2026-11-22T10:00:00Z",
    last_read_at: null,
  };
}
