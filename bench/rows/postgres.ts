import { removePostgres, startPostgres } from "@portico/testing-postgres/server";
import { Client } from "pg";
import { compareCalls, type Work } from "../measure/compare-calls.ts";
import { launch, type Running, toolCalls } from "../measure/load-client.ts";
import { peakMegabytes } from "../measure/process-facts.ts";
import type { Row } from "../row.ts";
import { archivedPostgres, ourPostgres } from "../subjects.ts";

const ROWS = 100_000;
const COLUMNS = "id, name, amount, made, done";

/** The postgres server beside the archived one, on the same PostgreSQL and a table of 100,000 rows of 5 columns. */
export async function postgresRows(rounds: number): Promise<Row[]> {
  const database = await startPostgres({ version: 18 });
  try {
    await fill(database.url());
    const [ours, peer] = [
      launch(ourPostgres(database.url())),
      launch(archivedPostgres(database.url())),
    ];
    try {
      await Promise.all([ours.initialize(), peer.initialize()]);
      const rows: Row[] = [];
      for (const work of WORKS) {
        rows.push(await compareCalls(work, { ours, peer, peerName: "archived" }, rounds));
      }
      rows.push(await manyInFlight(ours));
      return rows;
    } finally {
      await Promise.all([ours.stop(), peer.stop()]);
    }
  } finally {
    await removePostgres(database);
  }
}

const WORKS: readonly Work[] = [
  {
    what: "query, 1 row",
    requests: () =>
      toolCalls(200, "query", { sql: `SELECT ${COLUMNS} FROM items WHERE id = 4711` }),
    must: { atLeast: 1.1 },
    aim: { atLeast: 2 },
  },
  {
    what: "query, 1k rows",
    requests: () =>
      toolCalls(20, "query", {
        sql: `SELECT ${COLUMNS} FROM items ORDER BY id LIMIT 1000`,
        // The archived server has no limit, and one format.
        limit: 1_000,
        format: "compact",
      }),
    must: { atLeast: 1.5 },
  },
];

async function fill(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(`CREATE TABLE items (id int PRIMARY KEY, name text, amount numeric(12,2), made timestamptz, done boolean);
    INSERT INTO items SELECT i, 'item number ' || i, i * 1.25, timestamptz '2026-01-01' + i * interval '1 minute', i % 2 = 0
    FROM generate_series(1, ${ROWS}) AS i; ANALYZE items`);
  await client.end();
}

/** 64 calls at once on the pool of ten. */
async function manyInFlight(server: Running): Promise<Row> {
  const sql = "SELECT count(*) FROM items";
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 64 }, () =>
      server.request<{ isError?: boolean }>("tools/call", { name: "query", arguments: { sql } }),
    ),
  );
  const took = performance.now() - started;
  return {
    what: "query, 64 in flight on a pool of 10",
    ours: `${took.toFixed(0)} ms, peak ${peakMegabytes(server.pid).toFixed(0)} MB`,
    peer: "",
    value: answers.filter(({ isError }) => isError).length,
    unit: "failed",
    must: { atMost: 0 },
  };
}
