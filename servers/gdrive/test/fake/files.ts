import type { drive_v3 } from "@googleapis/drive";
import { select } from "./fields.ts";
import { type Answer, type Asked, jsonOf, Refusal, type Route } from "./http.ts";
import { parseQuery } from "./query.ts";
import { isNative, notFound, type Store, type Stored } from "./store.ts";

const USUAL_FIELDS = "kind,id,name,mimeType";

/** Bytes of an export at most, as Google has it. */
const EXPORT_BYTES = 10 * 1024 * 1024;

/** `files`: what reads. */
export function filesReading(store: Store): Route[] {
  return [
    { method: "GET", path: /^\/drive\/v3\/files$/, answer: (asked) => list(store, asked) },
    {
      method: "GET",
      path: /^\/drive\/v3\/files\/generateIds$/,
      answer: ({ query }) => ({
        body: {
          space: "drive",
          ids: Array.from({ length: Number(query.get("count") ?? 10) }, () => store.newId()),
        },
      }),
    },
    {
      method: "GET",
      path: /^\/drive\/v3\/files\/([^/]+)\/export$/,
      answer: (asked, id) => exported(find(store, asked, id), asked),
    },
    {
      method: "GET",
      path: /^\/drive\/v3\/files\/([^/]+)$/,
      answer: (asked, id) => {
        const stored = find(store, asked, id);
        if (asked.query.get("alt") === "media") return media(stored, asked);
        return { body: fileAs(stored, asked) };
      },
    },
  ];
}

/** `files`: what writes metadata. Contents are uploaded. */
export function filesWriting(store: Store): Route[] {
  return [
    {
      method: "POST",
      path: /^\/drive\/v3\/files$/,
      answer: (asked) => {
        const meta = jsonOf<drive_v3.Schema$File>(asked);
        if (meta.id && store.files.has(meta.id)) {
          throw new Refusal(409, "fileIdInUse", "A file already exists with the provided ID.");
        }
        for (const parent of meta.parents ?? []) find(store, asked, parent);
        return { body: fileAs(store.put({ ...meta, parents: rooted(meta.parents) }), asked) };
      },
    },
    {
      method: "PATCH",
      path: /^\/drive\/v3\/files\/([^/]+)$/,
      answer: (asked, id) => {
        const stored = find(store, asked, id);
        Object.assign(stored.meta, jsonOf<drive_v3.Schema$File>(asked), moved(stored, asked));
        stored.meta.modifiedTime = store.now();
        store.changed(stored);
        return { body: fileAs(stored, asked) };
      },
    },
    {
      method: "POST",
      path: /^\/drive\/v3\/files\/([^/]+)\/copy$/,
      answer: (asked, id) => {
        const { meta, content, exports } = find(store, asked, id);
        const changed = jsonOf<drive_v3.Schema$File>(asked);
        if (changed.id && store.files.has(changed.id)) {
          throw new Refusal(409, "fileIdInUse", "A file already exists with the provided ID.");
        }
        const { id: _, ...rest } = meta;
        const copy = store.put({
          ...rest,
          name: `Copy of ${meta.name}`,
          ...changed,
          content,
          ...(exports && { exports }),
        });
        return { body: fileAs(copy, asked) };
      },
    },
  ];
}

/** The file of an id, for who asks and in the way it must be asked for. */
export function find(store: Store, { query, headers, user }: Asked, id: string): Stored {
  const stored = store.get(id, user);
  const { driveId, resourceKey } = stored.meta;
  if (driveId && query.get("supportsAllDrives") !== "true") throw notFound(id);
  const keys = String(headers["x-goog-drive-resource-keys"] ?? "").split(",");
  if (resourceKey && !keys.includes(`${id}/${resourceKey}`)) throw notFound(id);
  return stored;
}

/** A file with the fields that were asked for. */
export function fileAs({ meta }: Stored, { query }: Asked): object {
  return select(meta, query.get("fields") ?? USUAL_FIELDS) as object;
}

function list(store: Store, { query, user }: Asked): Answer {
  const test = parseQuery(query.get("q") ?? "trashed = false or trashed = true");
  const everywhere =
    query.get("includeItemsFromAllDrives") === "true" && query.get("supportsAllDrives") === "true";
  if (query.get("corpora") === "drive" && !query.has("driveId")) {
    throw new Refusal(400, "invalid", "driveId is required when corpora is drive.");
  }
  const driveId = query.get("driveId");
  const found = [...store.files.values()].filter(
    (stored) =>
      stored.meta.id !== "root-id" &&
      (!stored.users || stored.users.has(user)) &&
      (everywhere || !stored.meta.driveId) &&
      (driveId === null || stored.meta.driveId === driveId) &&
      test({ meta: stored.meta, words: wordsOf(stored) }),
  );
  const files = ordered(
    found.map(({ meta }) => meta),
    query.get("orderBy"),
  );
  return { body: page(files, "files", query, `nextPageToken,files(${USUAL_FIELDS})`) };
}

/** One page of a list, with the fields that were asked for. */
export function page(
  all: readonly object[],
  name: string,
  query: URLSearchParams,
  usualFields: string,
): object {
  const size = Number(query.get("pageSize") ?? 100);
  const [, from = "0"] = /^page-(\d+)$/.exec(query.get("pageToken") ?? "page-0") ?? [];
  if (query.has("pageToken") && !/^page-\d+$/.test(query.get("pageToken")!)) {
    throw new Refusal(400, "invalid", "Invalid Value");
  }
  const next = Number(from) + size;
  const answer = {
    [name]: all.slice(Number(from), next),
    ...(next < all.length && { nextPageToken: `page-${next}` }),
  };
  return select(answer, query.get("fields") ?? usualFields) as object;
}

function ordered(
  files: readonly drive_v3.Schema$File[],
  orderBy: string | null,
): drive_v3.Schema$File[] {
  const keys = (orderBy ?? "").split(",").filter((key) => key !== "");
  return [...files].sort((one, other) => {
    for (const key of keys) {
      const [name = "", direction] = key.split(" ");
      const order = rank(one, name).localeCompare(rank(other, name));
      if (order !== 0) return direction === "desc" ? -order : order;
    }
    return 0;
  });
}

function rank(file: drive_v3.Schema$File, key: string): string {
  if (key === "folder") return file.mimeType?.endsWith(".folder") ? "0" : "1";
  return String(file[key.replace("_natural", "") as "name"] ?? "");
}

function wordsOf({ meta, content }: Stored): string {
  return `${meta.name}\n${content.toString()}`;
}

function media({ meta, content }: Stored, { headers }: Asked): Answer {
  if (isNative(meta.mimeType)) {
    const message =
      "Only files with binary content can be downloaded. Use Export with Docs Editors files.";
    throw new Refusal(403, "fileNotDownloadable", message);
  }
  const type = { "content-type": meta.mimeType ?? "application/octet-stream" };
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "");
  if (!range) return { headers: type, body: content };
  const [from, to] = [Number(range[1]), Number(range[2] || content.byteLength - 1)];
  const part = content.subarray(from, to + 1);
  const whole = `bytes ${from}-${from + part.byteLength - 1}/${content.byteLength}`;
  return { status: 206, headers: { ...type, "content-range": whole }, body: part };
}

function exported({ meta, content, exports = {} }: Stored, { query }: Asked): Answer {
  const type = query.get("mimeType") ?? "";
  if (!isNative(meta.mimeType)) {
    throw new Refusal(403, "fileNotExportable", "Export only supports Docs Editors files.");
  }
  if (type === "") throw new Refusal(400, "required", "Required parameter: mimeType");
  const body = Buffer.from(exports[type] ?? content);
  if (body.byteLength > EXPORT_BYTES) {
    const message = "This file is too large to be exported.";
    throw new Refusal(403, "exportSizeLimitExceeded", message);
  }
  return { headers: { "content-type": type }, body };
}

function rooted(parents: string[] | null | undefined): string[] {
  return (parents ?? ["root"]).map((id) => (id === "root" ? "root-id" : id));
}

function moved({ meta }: Stored, { query }: Asked): drive_v3.Schema$File {
  const added = (query.get("addParents") ?? "").split(",").filter((id) => id !== "");
  const removed = (query.get("removeParents") ?? "").split(",");
  if (added.length === 0) return {};
  const kept = (meta.parents ?? []).filter((id) => !removed.includes(id));
  return { parents: [...kept, ...rooted(added)] };
}
