import {
  checkAdditions,
  checkCount,
  checkNewEntities,
  checkNewRelations,
  checkScope,
  checkUpdates,
} from "../graph/check.ts";
import { checked, portionsOf } from "../graph/portions.ts";
import type { GraphStore } from "../graph/store.ts";
import type { Imported, Scope } from "../graph/types.ts";
import { addObservations } from "./commands/add-observations.ts";
import { createEntities } from "./commands/create-entities.ts";
import { createRelations } from "./commands/create-relations.ts";
import { deleteEntities, deleteObservations, deleteRelations } from "./commands/delete.ts";
import { importPortion } from "./commands/import-records.ts";
import { mergeEntities } from "./commands/merge-entities.ts";
import { restoreEntities } from "./commands/restore-entities.ts";
import { updateEntities } from "./commands/update-entities.ts";
import type { Connections } from "./connections.ts";
import type { Graphs } from "./graphs.ts";
import { readingAt } from "./reading.ts";
import { HandedOut, handKey, putVectors, withoutVector } from "./vectors.ts";
import type { Command, Writer } from "./writer.ts";

type Writes = Pick<
  GraphStore,
  | "createEntities"
  | "createRelations"
  | "addObservations"
  | "deleteEntities"
  | "deleteObservations"
  | "deleteRelations"
  | "updateEntities"
  | "mergeEntities"
  | "restoreEntities"
  | "importRecords"
  | "markTakenOver"
  | "keepStatements"
  | "withoutVector"
  | "putVectors"
>;

/** Most records of an import that are stored together. */
const PORTION = 1_000;

/** The writes of a store. What is given is checked before anything is sent. */
export function writes(connections: Connections, graphs: Graphs, writer: Writer): Writes {
  const handedOut = new HandedOut();

  /** Nothing to do is done: it makes no graph. */
  async function write<Call, Answer>(
    scope: Scope,
    command: Command<Call, Answer>,
    call: Call,
  ): Promise<Answer> {
    checkScope(scope);
    return writer.write(scope, command, call);
  }

  return {
    async createEntities(scope, entities, author) {
      checkNewEntities(entities);
      return write(scope, createEntities, { entities, author });
    },
    async createRelations(scope, relations, author) {
      checkNewRelations(relations);
      return write(scope, createRelations, { relations, author });
    },
    async addObservations(scope, items, author) {
      checkAdditions(items);
      return write(scope, addObservations, { items, author });
    },
    async deleteEntities(scope, names, author) {
      checkCount(names.length, "names");
      return write(scope, deleteEntities, { names, author });
    },
    async deleteObservations(scope, items, author) {
      checkCount(items.length, "entities");
      return write(scope, deleteObservations, { items, author });
    },
    async deleteRelations(scope, relations, author) {
      checkCount(relations.length, "relations");
      return write(scope, deleteRelations, { relations, author });
    },
    async updateEntities(scope, updates, author) {
      checkUpdates(updates);
      return write(scope, updateEntities, { updates, author });
    },
    async mergeEntities(scope, into, from, author) {
      checkCount(from.length, "names");
      return write(scope, mergeEntities, { into, from, author });
    },
    async restoreEntities(scope, names, author) {
      checkCount(names.length, "names");
      return write(scope, restoreEntities, { names, author });
    },
    async importRecords(scope, records, author) {
      const imported = { entities: 0, observations: 0, relations: 0, known: 0, foreign: 0 };
      for await (const portion of portionsOf(checked(records), PORTION)) {
        const added = await write(scope, importPortion, { records: portion, author });
        for (const key of KEYS) imported[key] += added[key];
      }
      return imported;
    },
    async markTakenOver(scope, { path, bytes, modified, digest }) {
      checkScope(scope);
      const graph = await graphs.need(scope);
      await connections.transaction((query) => query(MARK, [graph, path, bytes, modified, digest]));
    },
    async keepStatements(scope, digests) {
      checkScope(scope);
      const graph = await graphs.need(scope);
      await connections.transaction((query) => query(KEEP_STATEMENTS, [graph, digests]));
    },
    async withoutVector(scope, model, limit) {
      const graph = await graphs.find(scope);
      if (graph === undefined) return [];
      const { entities, change } = await connections.snapshot(async (query) =>
        withoutVector(await readingAt(query, graph, {}), model, limit),
      );
      for (const { name } of entities) handedOut.note(handKey(scope, model, name), change);
      return entities;
    },
    async putVectors(scope, model, vectors) {
      const graph = await graphs.find(scope);
      if (graph === undefined) return;
      const dated = vectors.map((one) => ({
        ...one,
        change: handedOut.take(handKey(scope, model, one.name)),
      }));
      await connections.transaction((query) => putVectors(query, graph, { model, vectors: dated }));
    },
  };
}

const KEYS = [
  "entities",
  "observations",
  "relations",
  "known",
  "foreign",
] as const satisfies readonly (keyof Imported)[];

const KEEP_STATEMENTS =
  "INSERT INTO portico_memory.taken_statements (graph, digests) VALUES ($1, $2)";

const MARK = `
  INSERT INTO portico_memory.taken_over (graph, path, bytes, modified, digest)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (graph, hashtextextended(path, 0)) DO UPDATE
    SET path = excluded.path, bytes = excluded.bytes, modified = excluded.modified, digest = excluded.digest`;
