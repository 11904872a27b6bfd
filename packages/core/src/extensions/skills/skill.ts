import { readManifest } from "./frontmatter.ts";
import { digestOf, MANIFEST, MOST_BYTES, MOST_FILES, type SkillEntry } from "./protocol.ts";

/** Files by their path inside a skill, as `references/forms.md`. */
export type SkillFiles = Readonly<Record<string, string | Uint8Array>>;

/** How an author writes a skill. */
export interface SkillDefinition {
  /** Where it stands among the server's skills, such as `acme/billing/refunds`; it ends in the skill's name. */
  readonly path: string;
  /** Its files, `SKILL.md` among them; a function where they are made anew for each reader, and have no digests. */
  readonly files: SkillFiles | (() => SkillFiles | Promise<SkillFiles>);
}

/** A skill as a value. */
export interface Skill {
  /** The URI of its directory, without a slash at the end. */
  readonly uri: string;
  /** What the server says of it. */
  entry(): Promise<SkillEntry>;
  /** Its files by URI, as bytes. */
  files(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>;
}

/** Agent Skills: 1 to 64 of a-z, 0-9 and single hyphens inside. */
const NAME = /^(?!.*--)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const SEGMENT = /^[\w.~-]+$/;

/**
 * Defines a skill. Fixed files are read and checked at once.
 * @throws {TypeError} when the path, a file's path or `SKILL.md` breaks the rules of skills
 */
export async function skill({ path, files }: SkillDefinition): Promise<Skill> {
  const uri = rootOf(path);
  if (typeof files !== "function") {
    const bytes = bytesOf(uri, files);
    const entry = await describe(uri, bytes);
    return { uri, entry: async () => entry, files: async () => bytes };
  }
  const make = async () => bytesOf(uri, await files());
  return {
    uri,
    entry: async () => ({ ...(await describe(uri, await make())), resources: "dynamic" }),
    files: make,
  };
}

function rootOf(path: string): string {
  const segments = path.split("/");
  const ordinary = (one: string) => SEGMENT.test(one) && one !== "." && one !== "..";
  if (!segments.every(ordinary) || !NAME.test(segments.at(-1) ?? "")) {
    throw new TypeError(
      `"${path}" is no path of a skill: it must end in a name of a-z, 0-9 and single hyphens, as acme/refunds.`,
    );
  }
  return `skill://${path}`;
}

function bytesOf(uri: string, files: SkillFiles): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const entries = Object.entries(files).map(([path, content]) => {
    const segments = path.split("/");
    if (segments.some((one) => one === "" || one === "." || one === "..")) {
      throw new TypeError(`"${path}" is no path inside a skill: use names with / between them.`);
    }
    const bytes = typeof content === "string" ? encoder.encode(content) : new Uint8Array(content);
    return [`${uri}/${segments.map(encodeURIComponent).join("/")}`, bytes] as const;
  });
  const total = entries.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  if (entries.length > MOST_FILES || total > MOST_BYTES) {
    throw new TypeError(
      `The skill ${uri} has ${entries.length} files of ${total} bytes; at most ${MOST_FILES} and ${MOST_BYTES} are allowed.`,
    );
  }
  return new Map(entries);
}

async function describe(
  root: string,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<SkillEntry> {
  const uri = `${root}/${MANIFEST}`;
  const manifest = files.get(uri);
  if (!manifest)
    throw new TypeError(`The skill ${root} has no ${MANIFEST}; every skill needs one.`);
  const { frontmatter } = await readManifest(new TextDecoder().decode(manifest)).catch((error) => {
    throw new TypeError(`${uri} cannot be read. ${error.message}`);
  });
  const name = root.slice(root.lastIndexOf("/") + 1);
  if (frontmatter.name !== name) {
    throw new TypeError(
      `The frontmatter of ${uri} must have the name "${name}", as its path ends.`,
    );
  }
  if (typeof frontmatter.description !== "string" || frontmatter.description === "") {
    throw new TypeError(`The frontmatter of ${uri} must have a description.`);
  }
  const resources = await Promise.all(
    [...files].map(async ([file, bytes]) => ({
      uri: file,
      digest: await digestOf(bytes),
      size: bytes.length,
    })),
  );
  return { uri, frontmatter: frontmatter as SkillEntry["frontmatter"], resources };
}
