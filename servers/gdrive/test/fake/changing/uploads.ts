import { createHash } from "node:crypto";
import type { drive_v3 } from "@googleapis/drive";
import { fileAs, find } from "../files.ts";
import { type Answer, type Asked, jsonOf, Refusal, type Route } from "../http.ts";
import { isNative, type Store, type Stored } from "../store.ts";
import { keepRevision } from "./revisions.ts";

/** Parts but the last are of a multiple of this many bytes. */
const GRAIN = 256 * 1024;

interface Session {
  readonly size: number;
  readonly type: string;
  /** Makes the file of all bytes. */
  readonly finish: (content: Buffer) => Stored;
  received: Buffer;
  made?: Stored;
}

/** Uploads in parts, and ids given out beforehand, as Drive has them. */
export function uploads(store: Store): Route[] {
  const sessions = new Map<string, Session>();
  const begin = (asked: Asked, finish: Session["finish"]): Answer => {
    if (asked.query.get("uploadType") !== "resumable") {
      throw new Refusal(400, "badRequest", "Bad Request");
    }
    const id = `session-${sessions.size + 1}`;
    const size = Number(asked.headers["x-upload-content-length"]);
    const type = String(asked.headers["x-upload-content-type"]);
    sessions.set(id, { size, type, finish, received: Buffer.alloc(0) });
    const host = `http://${asked.headers.host}`;
    const query = new URLSearchParams([...asked.query, ["upload_id", id]]);
    return { headers: { location: `${host}/upload/drive/v3/files?${query}` } };
  };
  return [
    {
      method: "POST",
      path: /^\/upload\/drive\/v3\/files$/,
      answer: (asked) => {
        const meta = jsonOf<drive_v3.Schema$File>(asked);
        checkNew(store, asked, meta);
        const type = String(asked.headers["x-upload-content-type"]);
        return begin(asked, (content) => made(store, { mimeType: type, ...meta }, content));
      },
    },
    {
      method: "PATCH",
      path: /^\/upload\/drive\/v3\/files\/([^/]+)$/,
      answer: (asked, id) => {
        const stored = find(store, asked, id);
        const type = String(asked.headers["x-upload-content-type"]);
        return begin(asked, (content) => replaced(store, stored, type, content));
      },
    },
    {
      method: "PUT",
      path: /^\/upload\/drive\/v3\/files$/,
      answer: (asked) => {
        const session = sessions.get(asked.query.get("upload_id") ?? "");
        if (!session) throw new Refusal(404, "notFound", "Not Found");
        return take(session, asked);
      },
    },
    {
      method: "POST",
      path: /^\/drive\/v3\/files$/,
      answer: (asked) => {
        const meta = jsonOf<drive_v3.Schema$File>(asked);
        checkNew(store, asked, meta);
        return { body: fileAs(made(store, meta, Buffer.alloc(0)), asked) };
      },
    },
  ];
}

function take(session: Session, asked: Asked): Answer {
  if (session.made) return { body: fileAs(session.made, asked) };
  const range = String(asked.headers["content-range"]);
  const part = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range);
  if (part) {
    const [from, to, size] = part.slice(1).map(Number) as [number, number, number];
    const isLast = to + 1 === session.size;
    const isWhole = asked.body.byteLength === to - from + 1 && size === session.size;
    if (from !== session.received.byteLength || !isWhole || (!isLast && (to + 1) % GRAIN !== 0)) {
      throw new Refusal(400, "badRequest", `Invalid range ${range}`);
    }
    session.received = Buffer.concat([session.received, asked.body]);
  } else if (range !== `bytes */${session.size}`) {
    throw new Refusal(400, "badRequest", `Invalid range ${range}`);
  }
  const { byteLength } = session.received;
  if (byteLength === session.size) {
    session.made = session.finish(session.received);
    return { body: fileAs(session.made, asked) };
  }
  return {
    status: 308,
    headers: byteLength === 0 ? {} : { range: `bytes=0-${byteLength - 1}` },
  };
}

function checkNew(store: Store, asked: Asked, meta: drive_v3.Schema$File): void {
  const isPlain = ["folder", "shortcut"].some((kind) => meta.mimeType?.endsWith(`.${kind}`));
  if (meta.id && isNative(meta.mimeType) && !isPlain) {
    throw new Refusal(400, "invalid", "Generated IDs cannot be used for this type.");
  }
  if (meta.id && store.files.has(meta.id)) {
    throw new Refusal(409, "fileIdInUse", "A file already exists with the provided ID.");
  }
  const parents = (meta.parents ?? ["root"]).map((id) => find(store, asked, id));
  const isServiceAccount = asked.user.endsWith("gserviceaccount.com");
  if (isServiceAccount && !meta.mimeType?.endsWith(".folder") && !parents[0]?.meta.driveId) {
    const message = "Service Accounts do not have storage quota.";
    throw new Refusal(403, "storageQuotaExceeded", message);
  }
}

function made(store: Store, meta: drive_v3.Schema$File, content: Buffer): Stored {
  const parents = meta.parents?.map((id) => (id === "root" ? "root-id" : id));
  const stored = store.put({ ...meta, ...(parents && { parents }), content });
  keepRevision(stored, stored.meta.mimeType ?? "", store.now());
  return stored;
}

function replaced(store: Store, stored: Stored, type: string, content: Buffer): Stored {
  keepRevision(stored, stored.meta.mimeType ?? "", stored.meta.modifiedTime ?? "");
  stored.content = content;
  if (!isNative(stored.meta.mimeType)) {
    stored.meta.mimeType = type;
    stored.meta.size = String(content.byteLength);
    stored.meta.md5Checksum = createHash("md5").update(content).digest("hex");
  }
  stored.meta.modifiedTime = store.now();
  keepRevision(stored, type, stored.meta.modifiedTime);
  store.changed(stored);
  return stored;
}
