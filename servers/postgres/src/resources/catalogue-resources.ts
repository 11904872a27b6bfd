import type { ChangeDetector, ResourceSource } from "@portico/core";
import type { Deps } from "../deps.ts";
import { Channels } from "../notifications/channels.ts";
import { archivedResource } from "./archived.ts";
import { liveResources } from "./live.ts";
import { objectResources } from "./objects.ts";
import type { SchemaChanges } from "./schema-changes.ts";

/**
 * What a database has, as resources.
 * @param changes where it is announced that the list changed
 * @param detector looks whether one of them did
 */
export function catalogueResources(
  changes: SchemaChanges,
  detector: ChangeDetector,
): ResourceSource<Deps>[] {
  return [
    ...objectResources(changes, detector),
    archivedResource(detector),
    ...liveResources(new Channels()),
  ];
}
