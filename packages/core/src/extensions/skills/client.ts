import type { Client } from "../../client/client.ts";
import type { ClientExtension } from "../../client/extension.ts";
import { pagesOf } from "../../client/lists.ts";
import type { RequestOptions } from "../../client/options.ts";
import type { Resource, ResourceContents } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { compile } from "../../schema/validate.ts";
import { type Manifest, readManifest } from "./frontmatter.ts";
import { textOf } from "./media-type.ts";
import {
  digestOf,
  directoryMethods,
  MOST_BYTES,
  MOST_FILES,
  SKILLS_EXTENSION,
  type SkillEntry,
  skillMethods,
} from "./protocol.ts";

/** What a server serves is not what it said of the skill: changed since, or tampered with. Do not use it. */
export class SkillMismatch extends Error {
  override readonly name = "SkillMismatch";
}

/** Takes skills. Give it to `connect`; nothing is read before somebody asks for it. */
export function takeSkills(): ClientExtension {
  return { id: SKILLS_EXTENSION, rows: { ...skillMethods, ...directoryMethods } };
}

/** Every skill the server lists. There may be others it does not list: see {@link getSkill}. */
export async function listSkills(client: Client, options?: RequestOptions): Promise<SkillEntry[]> {
  const fetch = (cursor: string | undefined) =>
    client.request("skills/list", cursor === undefined ? {} : { cursor }, options);
  const entries: SkillEntry[] = [];
  for await (const page of pagesOf(fetch))
    entries.push(...(page.skills as unknown as SkillEntry[]));
  return entries;
}

/** What the server says now of the skill whose `SKILL.md` is at `uri`, listed or not. */
export async function getSkill(
  client: Client,
  uri: string,
  options?: RequestOptions,
): Promise<SkillEntry> {
  const { skill } = await client.request("skills/get", { uri }, options);
  return skill as unknown as SkillEntry;
}

/**
 * Reads a skill's `SKILL.md`, and holds it against what the server said of it.
 * @throws {SkillMismatch} when digest, size or frontmatter differ; SEP-2640: it MUST NOT be used then
 */
export async function readSkill(
  client: Client,
  skill: SkillEntry,
  options?: RequestOptions,
): Promise<Manifest> {
  const text = textOf(await readSkillFile(client, skill, skill.uri, options));
  const manifest = text === undefined ? undefined : await readManifest(text).catch(() => undefined);
  if (!manifest) throw new SkillMismatch(`${skill.uri} is not a skill's manifest.`);
  if (compile({ const: skill.frontmatter })(manifest.frontmatter)) {
    throw new SkillMismatch(`The frontmatter of ${skill.uri} is not what the server said of it.`);
  }
  return manifest;
}

/**
 * Reads one file of a skill, and holds it against what the server said of it.
 * @throws {SkillMismatch} when the file is not one the skill was said to have, or its digest or size differ
 */
export async function readSkillFile(
  client: Client,
  skill: SkillEntry,
  uri: string,
  options?: RequestOptions,
): Promise<Uint8Array> {
  const { resources } = skill;
  const promised = promisedFile(skill, uri);
  const { contents } = await client.readResource(uri, { ...options, cache: "reload" });
  const bytes = bytesOf(contents.find((one) => one.uri === uri));
  if (bytes === undefined) throw new SkillMismatch(`The server has no contents for ${uri}.`);
  if (resources === "dynamic") return bytes;
  if (bytes.length !== promised?.size) {
    throw new SkillMismatch(
      `${uri} has ${bytes.length} bytes, not the ${promised?.size} it should.`,
    );
  }
  if ((await digestOf(bytes)) !== promised.digest) {
    throw new SkillMismatch(`${uri} is not what the server said of it: its digest differs.`);
  }
  return bytes;
}

/**
 * The direct children of a directory.
 * @throws {RpcError} -32602 when it is none
 */
export async function readDirectory(
  client: Client,
  uri: string,
  options?: RequestOptions,
): Promise<Resource[]> {
  const fetch = (cursor: string | undefined) =>
    client.request(
      "resources/directory/read",
      cursor === undefined ? { uri } : { uri, cursor },
      options,
    );
  const children: Resource[] = [];
  for await (const page of pagesOf(fetch))
    children.push(...(page.resources as unknown as Resource[]));
  return children;
}

/** SEP-2640, integrity: `resources` is complete, so a file that is not in it is a change to the skill. */
function promisedFile({ uri: skill, resources }: SkillEntry, uri: string) {
  if (resources === "dynamic") return undefined;
  const total = resources.reduce((sum, { size }) => sum + size, 0);
  if (resources.length > MOST_FILES || total > MOST_BYTES) {
    throw new SkillMismatch(`The skill ${skill} is larger than a skill may be.`);
  }
  const found = resources.find((file) => file.uri === uri);
  if (!found) throw new SkillMismatch(`${uri} is not one of the files of ${skill}.`);
  return found;
}

function bytesOf(content: ResourceContents | undefined): Uint8Array<ArrayBuffer> | undefined {
  const { text, blob } = (content ?? {}) as JsonObject;
  if (typeof text === "string") return new TextEncoder().encode(text);
  if (typeof blob !== "string") return undefined;
  return Uint8Array.from(atob(blob), (char) => char.charCodeAt(0));
}
