import type { GraphStore } from "../graph/store.ts";
import type { AsOf, Scope, TakenOver } from "../graph/types.ts";
import type { Connections } from "./connections.ts";
import type { Graphs } from "./graphs.ts";
import { type Reading, readingAt } from "./reading.ts";
import { existing, listEntities, openEntities } from "./reads/entities.ts";
import { exportRecords } from "./reads/export.ts";
import { history } from "./reads/history.ts";
import { names } from "./reads/names.ts";
import { nowCalled } from "./reads/now-called.ts";
import { path } from "./reads/path.ts";
import { listRelations, relationsOf } from "./reads/relations.ts";
import { summary } from "./reads/summary.ts";
import { walk } from "./reads/walk.ts";
import { search } from "./search/search.ts";

type Reads = Pick<
  GraphStore,
  | "listEntities"
  | "listRelations"
  | "openEntities"
  | "existing"
  | "relationsOf"
  | "search"
  | "walk"
  | "path"
  | "summary"
  | "history"
  | "names"
  | "projects"
  | "exportRecords"
  | "takenOver"
  | "keptStatements"
  | "nowCalled"
>;

/** Bears no graph's number: what nobody has written to is read as empty. */
const NO_GRAPH = 0;

/** The reads of a store, each on one picture of the graph. */
export function reads(connections: Connections, graphs: Graphs): Reads {
  async function read<T>(scope: Scope, asOf: AsOf, work: (reading: Reading) => Promise<T>) {
    const graph = (await graphs.find(scope)) ?? NO_GRAPH;
    return connections.snapshot(async (query) => work(await readingAt(query, graph, asOf)));
  }

  return {
    listEntities: (scope, paging) => read(scope, paging, (at) => listEntities(at, paging)),
    listRelations: (scope, paging) => read(scope, paging, (at) => listRelations(at, paging)),
    openEntities: (scope, wanted, asOf) => read(scope, asOf, (at) => openEntities(at, wanted)),
    existing: (scope, wanted, asOf) => read(scope, asOf, (at) => existing(at, wanted)),
    relationsOf: (scope, wanted, options) =>
      read(scope, options, (at) => relationsOf(at, wanted, options)),
    search: (scope, wanted) => read(scope, wanted, (at) => search(at, wanted)),
    walk: (scope, wanted) => read(scope, wanted, (at) => walk(at, wanted)),
    path: (scope, wanted) => read(scope, wanted, (at) => path(at, wanted)),
    summary: (scope, asOf) => read(scope, asOf, summary),
    history: (scope, of) => read(scope, {}, (at) => history(at, of)),
    names: (scope, prefix, limit) => read(scope, {}, (at) => names(at, prefix, limit)),
    async projects(owner) {
      const rows = await connections.read<{ project: string }>(PROJECTS, [owner]);
      return rows.map(({ project }) => project);
    },
    async *exportRecords(scope, asOf) {
      const graph = (await graphs.find(scope)) ?? NO_GRAPH;
      yield* connections.stream(async function* (query) {
        yield* exportRecords(await readingAt(query, graph, asOf));
      });
    },
    async takenOver(scope, path) {
      const graph = (await graphs.find(scope)) ?? NO_GRAPH;
      const [file] = await connections.read<TakenOver>(TAKEN_OVER, [graph, path]);
      return file;
    },
    async keptStatements(scope) {
      const graph = (await graphs.find(scope)) ?? NO_GRAPH;
      const rows = await connections.read<{ digests: Buffer }>(KEPT_STATEMENTS, [graph]);
      return Buffer.concat(rows.map(({ digests }) => digests));
    },
    nowCalled: (scope, names) => read(scope, {}, (at) => nowCalled(at, names)),
  };
}

const PROJECTS = `
  SELECT project FROM portico_memory.graph
  WHERE hashtextextended(owner, 0) = hashtextextended($1, 0) AND owner = $1 AND last_change > 0
  ORDER BY project`;

const KEPT_STATEMENTS = "SELECT digests FROM portico_memory.taken_statements WHERE graph = $1";

const TAKEN_OVER = `
  SELECT path, bytes, modified, digest FROM portico_memory.taken_over
  WHERE graph = $1 AND path = $2 AND hashtextextended(path, 0) = hashtextextended($2, 0)`;
