import type { ResourceSource } from "@portico/core";
import type { Deps } from "../deps.ts";
import { fileResources } from "./files.ts";
import type { Polled } from "./polled.ts";
import { thingResources } from "./things.ts";

/**
 * What GitHub holds, as resources.
 * @param polled looks whether one of them changed
 */
export function gitHubResources(polled: Polled): ResourceSource<Deps>[] {
  return [...fileResources(polled), ...thingResources(polled)];
}
