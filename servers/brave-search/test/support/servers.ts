import { createRequire } from "node:module";
import path from "node:path";
import type { Client } from "@portico/core";
import { clientOf, openStdio, type ProgramOptions } from "@portico/testing-servers";
import { createBrave } from "../../src/brave/client.ts";
import { braveSearch } from "../../src/server.ts";
import { type FakeBrave, fakeBrave, type Plan } from "../fake/brave.ts";

/** The server as it is published. */
export const binary: string = path.join(import.meta.dirname, "../../dist/main.cjs");

/** A client of the server in this process, on a fake of Brave of its own. */
export async function open(
  keys: readonly string[] = ["good"],
  plans?: Readonly<Record<string, Plan>>,
): Promise<{ client: Client; brave: FakeBrave }> {
  const brave = await fakeBrave(plans);
  const client = await clientOf(braveSearch({ brave: createBrave(keys, new URL(brave.url)) }));
  return { client, brave };
}

/** A client of the published binary over stdio, for one test. */
export function openBinary(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  options: ProgramOptions = {},
): Promise<Client> {
  return openStdio([binary, ...args], { ...options, env });
}

/** A client of the archived server, which the fake answers. */
export function openArchived(brave: FakeBrave): Promise<Client> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-brave-search/package.json",
  );
  const hook = path.join(import.meta.dirname, "redirect-fetch.mjs");
  const main = path.join(path.dirname(manifest), "dist/index.js");
  const env = { BRAVE_API_KEY: "good", FAKE_BRAVE_URL: brave.url };
  return openStdio(["--import", hook, main], { era: "legacy", env });
}
