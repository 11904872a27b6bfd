import { page } from "./files.ts";
import { Refusal, type Route } from "./http.ts";
import type { Store } from "./store.ts";

/** `drives`, `changes` and `about`. */
export function drivesAndChanges(store: Store): Route[] {
  return [
    {
      method: "GET",
      path: /^\/drive\/v3\/drives$/,
      answer: ({ query }) => ({
        body: page(store.drives, "drives", query, "nextPageToken,drives(kind,id,name)"),
      }),
    },
    {
      method: "GET",
      path: /^\/drive\/v3\/changes\/startPageToken$/,
      answer: () => ({ body: { startPageToken: String(store.changes.length) } }),
    },
    {
      method: "GET",
      path: /^\/drive\/v3\/changes$/,
      answer: ({ query, user }) => {
        const from = Number(query.get("pageToken") ?? Number.NaN);
        if (!Number.isInteger(from)) throw new Refusal(400, "invalid", "Invalid Value");
        const size = Number(query.get("pageSize") ?? 100);
        const until = Math.min(from + size, store.changes.length);
        const changes = store.changes.slice(from, until).flatMap((change) => {
          const stored = store.files.get(change.fileId ?? "");
          if (stored?.users && !stored.users.has(user)) return [];
          return [
            stored
              ? { ...change, file: stored.meta, removed: false }
              : { ...change, removed: true },
          ];
        });
        const isLast = until === store.changes.length;
        const next = isLast ? "newStartPageToken" : "nextPageToken";
        return { body: { kind: "drive#changeList", changes, [next]: String(until) } };
      },
    },
    {
      method: "GET",
      path: /^\/drive\/v3\/about$/,
      answer: ({ user }) => ({
        body: {
          user: { displayName: user, emailAddress: `${user}@example.com` },
          storageQuota: { limit: "16106127360", usage: "1024" },
        },
      }),
    },
  ];
}
