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

/** All digests of what files said that was taken over. */
export function keptStatements(connection: Connection, graph: number): Uint8Array {
  const rows = connection.all<{ digests: Buffer }>(
    "SELECT digests FROM taken_statements WHERE graph = :graph",
    { graph },
  );
  return Buffer.concat(rows.map(({ digests }) => digests));
}

/** Keeps what a file said that was taken over. */
export function keepStatements({ connection, graph }: Write, digests: Uint8Array): void {
  connection.run("INSERT INTO taken_statements (graph, digests) VALUES (:graph, :digests)", {
    graph,
    digests,
  });
}
