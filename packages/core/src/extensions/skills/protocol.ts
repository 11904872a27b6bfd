import {
  cacheFields,
  defineMethods,
  pageFields,
  REVISIONS,
  Resource,
  request,
} from "../../protocol/index.ts";
import { requestFields, resultFields } from "../../protocol/message.ts";
import { pageRequestFields } from "../../protocol/pagination.ts";
import { s } from "../../schema/build.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { Schema } from "../../schema/standard.ts";

/** The identifier under which skills are negotiated (SEP-2640, a draft). */
export const SKILLS_EXTENSION = "io.modelcontextprotocol/skills";

/** One file of a skill: its URI, `sha256:` and 64 hex digits, and its length in bytes. */
export interface SkillFile {
  readonly uri: string;
  readonly digest: string;
  readonly size: number;
}

/** What a server says of one skill. */
export interface SkillEntry {
  /** The URI of its `SKILL.md`, which identifies it; names need not be unique. */
  readonly uri: string;
  /** The frontmatter of its `SKILL.md`, word for word. */
  readonly frontmatter: JsonObject & { readonly name: string; readonly description: string };
  /** Every file there is, or that they are made as asked and cannot be verified. */
  readonly resources: readonly SkillFile[] | "dynamic";
}

const file = s.object({ uri: s.string(), digest: s.string(), size: s.integer({ minimum: 0 }) });
const entry = s.object({
  uri: s.string(),
  frontmatter: s.record(s.unknown()),
  resources: s.union([s.array(file), s.literal("dynamic")]),
}) as unknown as Schema<SkillEntry>;

/** The methods of skills. */
export const skillMethods = defineMethods(
  request("skills/list", {
    since: REVISIONS[0],
    from: "client",
    params: s.object(pageRequestFields),
    result: s.object({ ...pageFields, ...cacheFields, skills: s.array(entry) }),
    paginated: true,
  }),
  request("skills/get", {
    since: REVISIONS[0],
    from: "client",
    params: s.object({ ...requestFields, uri: s.string() }),
    result: s.object({ ...resultFields, ...cacheFields, skill: entry }),
  }),
);

/** The method by which the files of a directory are found; only where the server says `directoryRead`. */
export const directoryMethods = defineMethods(
  request("resources/directory/read", {
    since: REVISIONS[0],
    from: "client",
    params: s.object({ ...pageRequestFields, uri: s.string() }),
    result: s.object({ ...pageFields, resources: s.array(Resource) }),
    paginated: true,
  }),
);

/** Most files of a skill, and most bytes of all of them together (SEP-2640: SHOULD NOT exceed). */
export const MOST_FILES = 512;
export const MOST_BYTES = 16 * 1024 * 1024;

/** The file every skill has at its root. */
export const MANIFEST = "SKILL.md";

/** The MIME type of a directory. */
export const DIRECTORY = "inode/directory";

/** The digest of a file's raw bytes. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256:${[...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
