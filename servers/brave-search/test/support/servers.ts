import path from "node:path";
import type { Client } from "@portico/core";
import { clientOf } from "@portico/testing-servers";
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
