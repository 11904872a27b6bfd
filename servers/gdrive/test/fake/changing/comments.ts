import type { drive_v3 } from "@googleapis/drive";
import { select } from "../fields.ts";
import { page } from "../files.ts";
import { type Asked, jsonOf, Refusal, type Route } from "../http.ts";
import type { Store, Stored } from "../store.ts";

const kept = new WeakMap<Stored, drive_v3.Schema$Comment[]>();

/** What was said about a file, the newest first. */
export function commentsOf(stored: Stored): drive_v3.Schema$Comment[] {
  const all = kept.get(stored) ?? [];
  kept.set(stored, all);
  return all;
}

/** `comments` and `replies` of files; as at Google's they must be asked for with `fields`. */
export function comments(store: Store): Route[] {
  let ids = 0;
  const of = (asked: Asked, id: string) => commentsOf(store.get(id, asked.user));
  const said = (asked: Asked) => ({
    author: { displayName: asked.user, me: true },
    createdTime: store.now(),
  });
  const one = (asked: Asked, id: string, comment: string) => {
    const found = of(asked, id).find((other) => other.id === comment);
    if (!found) throw new Refusal(404, "notFound", `Comment not found: ${comment}.`);
    return found;
  };
  return [
    {
      method: "GET",
      path: /^\/drive\/v3\/files\/([^/]+)\/comments$/,
      answer: (asked, id) => {
        fieldsOf(asked);
        return { body: page(of(asked, id), "comments", asked.query, "") };
      },
    },
    {
      method: "POST",
      path: /^\/drive\/v3\/files\/([^/]+)\/comments$/,
      answer: (asked, id) => {
        const given = jsonOf<drive_v3.Schema$Comment>(asked);
        if (!given.content) throw new Refusal(400, "required", "Required field: content");
        const made = { id: `comment${++ids}`, ...given, ...said(asked), replies: [] };
        of(asked, id).unshift(made);
        return { body: select(made, fieldsOf(asked)) as object };
      },
    },
    {
      method: "GET",
      path: /^\/drive\/v3\/files\/([^/]+)\/comments\/([^/]+)$/,
      answer: (asked, id, comment) => ({
        body: select(one(asked, id, comment), fieldsOf(asked)) as object,
      }),
    },
    {
      method: "POST",
      path: /^\/drive\/v3\/files\/([^/]+)\/comments\/([^/]+)\/replies$/,
      answer: (asked, id, comment) => {
        const given = jsonOf<drive_v3.Schema$Reply>(asked);
        if (!given.content && !given.action) {
          throw new Refusal(400, "required", "Required field: content");
        }
        const found = one(asked, id, comment);
        const made = { id: `reply${++ids}`, ...given, ...said(asked) };
        found.replies = [...(found.replies ?? []), made];
        if (given.action) found.resolved = given.action === "resolve";
        return { body: select(made, fieldsOf(asked)) as object };
      },
    },
  ];
}

function fieldsOf({ query }: Asked): string {
  const fields = query.get("fields");
  if (fields !== null) return fields;
  const message = "The 'fields' parameter is required for this method.";
  throw new Refusal(400, "required", message);
}
