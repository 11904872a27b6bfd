import type { ChangeDetector, ResourceSource } from "@portico/core";
import type { Deps } from "../deps.ts";
import { fileResources } from "./files.ts";
import { thingResources } from "./things.ts";

/**
 * What GitHub holds, as resources.
 * @param detector looks whether one of them changed
 */
export function gitHubResources(detector: ChangeDetector): ResourceSource<Deps>[] {
  return [...fileResources(detector), ...thingResources(detector)];
}
