import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { inject } from "vitest";
import type { PostgresVersion } from "./binaries.ts";
import { type PostgresServer, startPostgres } from "./server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the servers that a run shares are written down. */
    readonly postgresRun: string;
  }
}

/** A database nobody else uses, on the server of its version that the whole run shares. */
export interface TestDatabase {
  readonly name: string;
  /** As superuser `postgres`, or as another user; nobody needs a password. */
  readonly url: (user?: string) => string;
  /** Runs statements as superuser. */
  readonly run: (sql: string) => Promise<void>;
}

/** Makes an empty database. It goes with the server at the end of the run. */
export async function createDatabase(version: PostgresVersion = 18): Promise<TestDatabase> {
  const server = await sharedServer(version);
  const name = `test_${randomBytes(6).toString("hex")}`;
  await run(server.url(), `CREATE DATABASE ${name}`);
  const url = (user?: string) => server.url(name, user);
  return { name, url, run: (sql) => run(url(), sql) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The first file that needs a version starts it; all others wait for it. */
async function sharedServer(version: PostgresVersion): Promise<PostgresServer> {
  const folder = join(inject("postgresRun"), String(version));
  const ready = join(folder, "ready.json");
  try {
    mkdirSync(folder);
  } catch {
    return waitFor(ready);
  }
  const { url: _, ...facts } = await startPostgres({
    version,
    settings: {
      max_connections: "400",
      shared_preload_libraries: "pg_stat_statements",
      wal_level: "logical",
    },
  }).catch((error: Error) => ({ url: undefined, failed: error.message }));
  writeFileSync(`${ready}.new`, JSON.stringify(facts));
  renameSync(`${ready}.new`, ready);
  return waitFor(ready);
}

async function waitFor(ready: string): Promise<PostgresServer> {
  while (!existsSync(ready)) await new Promise((resolve) => setTimeout(resolve, 10));
  const facts = JSON.parse(readFileSync(ready, "utf8"));
  if (facts.failed) throw new Error(facts.failed);
  return {
    ...facts,
    url: (database = "postgres", user = "postgres") =>
      `postgres://${user}@127.0.0.1:${facts.port}/${database}`,
  };
}
