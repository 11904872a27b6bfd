import type { drive_v3 } from "@googleapis/drive";
import { Refusal } from "./http.ts";

/** The MIME type of a folder. */
export const FOLDER = "application/vnd.google-apps.folder";

/** A file of the fake: what Drive knows of it, and what is in it. */
export interface Stored {
  meta: drive_v3.Schema$File;
  /** The bytes; of Google's own kinds what an export starts from. */
  content: Buffer;
  /** What other types are exported as; the content itself where a type is missing. */
  exports?: Readonly<Record<string, string | Uint8Array>>;
  /** Users who see it; everybody when absent. */
  users?: ReadonlySet<string>;
}

/** How a file is put into the fake. */
export interface Put extends drive_v3.Schema$File {
  readonly content?: string | Uint8Array;
  readonly exports?: Stored["exports"];
  readonly users?: readonly string[];
}

/** What all parts of the fake share. */
export class Store {
  readonly files = new Map<string, Stored>();
  readonly drives: drive_v3.Schema$Drive[] = [];
  readonly changes: drive_v3.Schema$Change[] = [];
  #ids = 0;
  #clock = Date.parse("2026-01-01T00:00:00Z");

  constructor() {
    this.put({ id: "root-id", name: "My Drive", mimeType: FOLDER, parents: [] });
    this.changes.length = 0;
  }

  /** An id nobody has. */
  newId(): string {
    return `1fake${String(++this.#ids).padStart(23, "0")}`;
  }

  /** A moment after all others. */
  now(): string {
    this.#clock += 1_000;
    return new Date(this.#clock).toISOString();
  }

  /** Adds a file as its owner would have. */
  put({ content = "", exports, users, ...meta }: Put): Stored {
    const id = meta.id ?? this.newId();
    const now = this.now();
    const bytes = Buffer.from(content);
    const stored: Stored = {
      meta: {
        kind: "drive#file",
        name: "Untitled",
        mimeType: "text/plain",
        parents: ["root-id"],
        trashed: false,
        starred: false,
        createdTime: now,
        modifiedTime: now,
        version: "1",
        owners: [{ displayName: "Ada", emailAddress: "ada@example.com", me: true }],
        ...meta,
        id,
        ...(!isNative(meta.mimeType) && { size: String(bytes.byteLength) }),
      },
      content: bytes,
      ...(exports && { exports }),
      ...(users && { users: new Set(users) }),
    };
    this.files.set(id, stored);
    this.changed(stored);
    return stored;
  }

  /** Notes in the feed of changes that a file is not what it was. */
  changed({ meta }: Stored): void {
    const { id } = meta;
    meta.version = String(Number(meta.version ?? 0) + 1);
    this.changes.push({ kind: "drive#change", changeType: "file", fileId: id!, time: this.now() });
  }

  /** A file as a user may see it. */
  get(id: string, user: string): Stored {
    const stored = this.files.get(id === "root" ? "root-id" : id);
    if (!stored || (stored.users && !stored.users.has(user))) throw notFound(id);
    return stored;
  }
}

/** Whether a type is one of Google's own, which have no bytes. */
export function isNative(type: string | null | undefined): boolean {
  return type?.startsWith("application/vnd.google-apps.") === true;
}

/** What Drive says of a file it does not have. */
export function notFound(id: string): Refusal {
  return new Refusal(404, "notFound", `File not found: ${id}.`);
}
