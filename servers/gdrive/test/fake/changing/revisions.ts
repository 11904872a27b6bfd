import { createHash } from "node:crypto";
import type { drive_v3 } from "@googleapis/drive";
import { select } from "../fields.ts";
import { find, page } from "../files.ts";
import { type Answer, jsonOf, Refusal, type Route } from "../http.ts";
import { isNative, type Store, type Stored } from "../store.ts";

interface Kept {
  readonly meta: drive_v3.Schema$Revision;
  readonly content: Buffer;
}

const kept = new WeakMap<Stored, Kept[]>();

/** Notes what a file is now as a revision of it, unless it is one already. */
export function keepRevision(stored: Stored, mimeType: string, modifiedTime: string): void {
  const all = kept.get(stored) ?? [];
  kept.set(stored, all);
  const md5Checksum = createHash("md5").update(stored.content).digest("hex");
  if (all.at(-1)?.meta.md5Checksum === md5Checksum) return;
  const meta: drive_v3.Schema$Revision = {
    id: `rev${all.length + 1}`,
    mimeType,
    modifiedTime,
    md5Checksum,
    keepForever: false,
    size: String(stored.content.byteLength),
    lastModifyingUser: { displayName: "Ada" },
  };
  all.push({ meta, content: stored.content });
  if (isNative(stored.meta.mimeType)) return;
  stored.meta.headRevisionId = meta.id ?? null;
  stored.meta.md5Checksum = md5Checksum;
}

/** `revisions` of files. */
export function revisions(store: Store): Route[] {
  const revisionOf = (stored: Stored, id: string): Kept => {
    const found = kept.get(stored)?.find(({ meta }) => meta.id === id);
    if (!found) throw new Refusal(404, "notFound", `Revision not found: ${id}.`);
    return found;
  };
  return [
    {
      method: "GET",
      path: /^\/drive\/v3\/files\/([^/]+)\/revisions$/,
      answer: (asked, id) => {
        const all = (kept.get(store.get(id, asked.user)) ?? []).map(({ meta }) => meta);
        return { body: page(all, "revisions", asked.query, "nextPageToken,revisions(id)") };
      },
    },
    {
      method: "GET",
      path: /^\/drive\/v3\/files\/([^/]+)\/revisions\/([^/]+)$/,
      answer: ({ user, query, headers }, id, revision): Answer => {
        const { meta, content } = revisionOf(store.get(id, user), revision);
        if (query.get("alt") !== "media")
          return { body: select(meta, query.get("fields") ?? "id") as object };
        const stored = store.get(id, user);
        if (!meta.keepForever && stored.meta.headRevisionId !== meta.id) {
          throw new Refusal(403, "forbidden", "Only kept revisions can be downloaded.");
        }
        const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "");
        if (!range) return { body: content };
        const part = content.subarray(Number(range[1]), Number(range[2]) + 1);
        return { status: 206, body: part };
      },
    },
    {
      method: "PATCH",
      path: /^\/drive\/v3\/files\/([^/]+)\/revisions\/([^/]+)$/,
      answer: (asked, id, revision) => {
        const stored = find(store, asked, id);
        if (isNative(stored.meta.mimeType)) {
          throw new Refusal(403, "fileNotDownloadable", "Only binary files have this.");
        }
        const { meta } = revisionOf(stored, revision);
        Object.assign(meta, jsonOf<drive_v3.Schema$Revision>(asked));
        return { body: select(meta, asked.query.get("fields") ?? "id") as object };
      },
    },
  ];
}
