import { invalidParams } from "../../jsonrpc/rpc-error.ts";
import { complete } from "../../kernel/outcome.ts";
import type { ReadResourceResult, Resource } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { ServerExtension } from "../../server/extension.ts";
import type { Handler } from "../../server/feature.ts";
import { pageOf } from "../../server/paging.ts";
import { type ResourceSource, render } from "../../server/resource.ts";
import { childrenOf } from "./directory.ts";
import { mediaTypeOf, textOf } from "./media-type.ts";
import { directoryMethods, SKILLS_EXTENSION, type SkillEntry, skillMethods } from "./protocol.ts";
import type { Skill } from "./skill.ts";

/** How long clients may keep what they are told of skills; for themselves, since rules may hide some from others. */
const FIXED = { ttlMs: 300_000, cacheScope: "private" };
const FRESH = { ttlMs: 0, cacheScope: "private" };

/**
 * Serves skills (SEP-2640, a draft): lists them, says what files they have, and serves those as resources.
 * @throws {TypeError} when two have the same path
 */
export function skills(given: readonly Skill[]): ServerExtension {
  const byRoot = new Map(given.map((one) => [one.uri, one]));
  if (byRoot.size < given.length) {
    throw new TypeError("Two skills have the same path; paths must be unique in a server.");
  }
  return {
    id: SKILLS_EXTENSION,
    settings: { directoryRead: true },
    rows: { ...skillMethods, ...directoryMethods },
    resources: [skillFiles(given)],
    handlers: () => ({
      "skills/list": async (call, runtime) => {
        const entries = await Promise.all(given.map((one) => one.entry()));
        return complete({
          ...hintFor(entries),
          ...(await pageOf(entries, "skills", call, runtime)),
        });
      },
      "skills/get": async ({ params }) => {
        const uri = params.uri as string;
        const entries = await Promise.all(ownersOf(uri, given).map((one) => one.entry()));
        const entry = entries.find((one) => one.uri === uri);
        if (!entry) throw invalidParams(`Unknown skill: ${uri}`);
        return complete({ ...hintFor([entry]), skill: entry as unknown as JsonObject });
      },
      "resources/directory/read": readDirectory(given),
    }),
  };
}

function hintFor(entries: readonly SkillEntry[]): JsonObject {
  return entries.some(({ resources }) => resources === "dynamic") ? FRESH : FIXED;
}

/** The skills `uri` may lie in; skills may lie inside each other. */
function ownersOf(uri: string, given: readonly Skill[]): Skill[] {
  return given.filter((one) => uri.startsWith(`${one.uri}/`));
}

function readDirectory(given: readonly Skill[]): Handler {
  return async (call, runtime) => {
    const uri = call.params.uri as string;
    const near = given.filter(
      (one) => `${one.uri}/`.startsWith(`${uri}/`) || uri.startsWith(one.uri),
    );
    const files = await Promise.all(near.map((one) => one.files()));
    const sizes = files.flatMap((each) =>
      [...each].map(([file, bytes]) => [file, bytes.length] as const),
    );
    const children = childrenOf(uri, sizes);
    // SEP-2640, directory listing: MUST answer -32602 to what is no directory.
    if (!children) throw invalidParams(`Not a directory: ${uri}`);
    return complete(await pageOf(children, "resources", call, runtime));
  };
}

/** The files of skills as resources. Only manifests are listed; the others are named in the skills' entries. */
function skillFiles(given: readonly Skill[]): ResourceSource {
  return {
    async list() {
      const entries = await Promise.all(given.map((one) => one.entry()));
      return { items: entries.map(manifestOf) };
    },
    fixed: true,
    async read(uri) {
      for (const owner of ownersOf(uri, given)) {
        const bytes = (await owner.files()).get(uri);
        if (bytes) return contentsOf(uri, bytes);
      }
      return undefined;
    },
  };
}

function manifestOf({ uri, frontmatter }: SkillEntry): Resource {
  const { name, description } = frontmatter;
  return { uri, name, description, mimeType: "text/markdown" };
}

function contentsOf(uri: string, bytes: Uint8Array): ReadResourceResult {
  const text = textOf(bytes);
  const type = mediaTypeOf(uri) ?? (text === undefined ? "application/octet-stream" : "text/plain");
  return render(uri, text ?? bytes, type);
}
