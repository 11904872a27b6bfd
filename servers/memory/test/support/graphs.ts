import type { Client } from "@portico/core";
import { call } from "@portico/testing-servers";

/** An entity with its observations, to create. */
export function entity(name: string, entityType = "person", ...observations: string[]) {
  return { name, entityType, observations };
}

/** A relation, to create. */
export function relation(from: string, relationType: string, to: string) {
  return { from, to, relationType };
}

/** Creates a small graph of people, places and what they do. */
export async function createSample(client: Client): Promise<void> {
  await call(client, "create_entities", {
    entities: [
      entity("Alice", "person", "likes hiking in the mountains", "speaks Dutch"),
      entity("Bob", "person", "plays the cello"),
      entity("Acme", "company", "makes anvils"),
      entity("Utrecht", "city"),
    ],
  });
  await call(client, "create_relations", {
    relations: [
      relation("Alice", "works_at", "Acme"),
      relation("Bob", "owns", "Acme"),
      relation("Acme", "is_in", "Utrecht"),
    ],
  });
}
