import type { TakenOver } from "../graph/types.ts";
import type { Connection } from "./connection.ts";
import type { Write } from "./write/batch.ts";

/** A file as it was when it was last taken over into a graph. */
export function takenOver(
  connection: Connection,
  graph: number,
  path: string,
): TakenOver | undefined {
  return connection.get<TakenOver>(
    "SELECT path, bytes, modified, digest FROM source_file WHERE graph = :graph AND path = :path",
    { graph, path },
  );
}

/** Remembers that a file was taken over. */
export function markTakenOver(write: Write, file: TakenOver): void {
  write.connection.run(
    `INSERT INTO source_file (graph, path, bytes, modified, digest)
     VALUES (:graph, :path, :bytes, :modified, :digest)
     ON CONFLICT (graph, path) DO UPDATE SET
       bytes = excluded.bytes, modified = excluded.modified, digest = excluded.digest`,
    { graph: write.graph, ...file },
  );
}

/** Those of `statements` that were not kept yet. */
export function newStatements(
  connection: Connection,
  graph: number,
  statements: readonly string[],
): string[] {
  const rows = connection.all<{ digest: string }>(
    `SELECT value AS digest FROM json_each(:statements) WHERE NOT EXISTS (
       SELECT 1 FROM taken_statement WHERE graph = :graph AND digest = value)`,
    { graph, statements: JSON.stringify(statements) },
  );
  return rows.map(({ digest }) => digest);
}

/** Keeps what a file said that was taken over. */
export function keepStatements(write: Write, statements: readonly string[]): void {
  write.connection.run(
    `INSERT OR IGNORE INTO taken_statement (graph, digest)
     SELECT :graph, value FROM json_each(:statements) ORDER BY value`,
    { graph: write.graph, statements: JSON.stringify(statements) },
  );
}
