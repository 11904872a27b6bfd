import type { ResourceSource } from "@portico/core";
import type { Deps } from "../deps.ts";
import { Channels } from "../notifications/channels.ts";
import { liveResources } from "./live.ts";
import { objectResources } from "./objects.ts";
import type { SchemaChanges } from "./schema-changes.ts";

/**
 * What a database has, as resources.
 * @param changes where it is announced that the list changed
 */
export function catalogueResources(changes: SchemaChanges): ResourceSource<Deps>[] {
  return [...objectResources(changes), ...liveResources(new Channels())];
}
