import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  freePort,
  type PostgresServer,
  removePostgres,
  startAgain,
  startPostgres,
  stopPostgres,
} from "@portico/testing-postgres";
import { Client } from "pg";
import { afterEach, describe, expect, test } from "vitest";
import type { CheckResult } from "../../src/tuning/finding.ts";
import { checkBuffers } from "../../src/tuning/health/buffers.ts";
import { checkConnections } from "../../src/tuning/health/connections.ts";
import { heldRows } from "../../src/tuning/health/held-rows.ts";
import { checkReplication } from "../../src/tuning/health/replication.ts";
import { checkVacuum } from "../../src/tuning/health/vacuum.ts";
import { inspecting } from "./session.ts";

const found = ({ findings }: CheckResult) =>
  findings.map(({ object, severity }) => [object, severity]);

/** What is closed and stopped after each test, last first. */
const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function start(version: 15 | 18, settings: Record<string, string> = {}) {
  const server = await startPostgres({ version, settings });
  open.push(() => removePostgres(server));
  return server;
}

async function connect(server: PostgresServer, user = "postgres"): Promise<Client> {
  const client = new Client(server.url("postgres", user));
  client.on("error", () => {});
  await client.connect();
  open.push(() => client.end());
  return client;
}

/** Asks until the answer is `true`: what another process does has no other way to be awaited. */
async function until(client: Client, condition: string): Promise<void> {
  while (!(await client.query(`SELECT (${condition}) AS so`)).rows[0].so);
}

/**
 * Starts a copy of a primary's data as its standby. A standby never says that it is ready to accept connections, only
 * read-only ones, which nobody waits for here: it is ready once it answers.
 */
async function startStandby(folder: string, version: 15 | 18, primary: PostgresServer) {
  await writeFile(join(folder, "data/standby.signal"), "");
  const port = await freePort();
  const settings = { primary_conninfo: `host=127.0.0.1 port=${primary.port} user=postgres` };
  let failed: Error | undefined;
  startAgain(folder, { version, port, settings }).catch((error) => {
    failed = error;
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (;;) {
    const client = new Client(url);
    client.on("error", () => {});
    try {
      await client.connect();
      const [pid] = (await readFile(join(folder, "data/postmaster.pid"), "utf8")).split("\n");
      open.push(() => rm(folder, { recursive: true, force: true }));
      open.push(() => stopPostgres({ pid: Number(pid) }));
      open.push(() => client.end());
      return { client, url };
    } catch {
      if (failed) throw failed;
    }
  }
}

describe.each([15, 18] as const)("on PostgreSQL %i", (version) => {
  test("connections that run out are found", async () => {
    const server = await start(version, { max_connections: "13" });
    const admin = await connect(server);
    await admin.query("CREATE ROLE app LOGIN");
    for (let opened = 0; opened < 7; opened++) await connect(server, "app");
    const [warned] = found(await inspecting(server.url(), (on) => checkConnections(on)));
    expect(warned).toEqual(["max_connections", "warning"]);
    await connect(server, "app");
    const full = await inspecting(server.url(), (on) => checkConnections(on));
    expect(found(full)).toEqual([["max_connections", "critical"]]);
    expect(full.summary).toMatch(/^10 of 10 connections used \(100 %\), 1 active\.$/);
  });

  test("sessions that keep others waiting are found, each with how to end it", async () => {
    const server = await start(version, { max_prepared_transactions: "2" });
    const [idle, busy, admin] = [
      await connect(server),
      await connect(server),
      await connect(server),
    ];
    await admin.query("CREATE TABLE t (a int); CREATE ROLE ordinary LOGIN");
    await idle.query("BEGIN; INSERT INTO t VALUES (1), ('3')");
    const sleeping = busy.query("SELECT pg_sleep(60)").catch((error) => error.message);
    await admin.query("BEGIN; INSERT INTO t VALUES (2); PREPARE TRANSACTION 'it''s lost'");
    await until(
      admin,
      "SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE '%sleep(60)' AND state = 'active'",
    );
    const limits = { idleInTransaction: 0, running: 0, prepared: 0 };
    const check = await inspecting(server.url(), (on) => checkConnections(on, limits));
    expect(check.findings.map(({ severity, problem }) => `${severity} ${problem}`)).toEqual([
      expect.stringMatching(
        /^warning Session \d+ \(postgres\) has been idle inside a transaction .*INSERT INTO t VALUES \(1\), \('…'\)/,
      ),
      expect.stringMatching(
        /^info Session \d+ \(postgres\) has been running one statement .*pg_sleep\(60\)/,
      ),
      expect.stringMatching(/^critical A transaction of postgres has been prepared/),
    ]);
    const hidden = await inspecting(server.url("postgres", "ordinary"), (on) =>
      checkConnections(on, limits),
    );
    expect(hidden.unseen).toBe(
      "What 3 sessions of other roles do is hidden from ordinary; pg_read_all_stats would show it.",
    );
    for (const { sql } of check.findings) await admin.query(sql!);
    expect(await sleeping).toContain("canceling statement");
    await until(
      admin,
      "SELECT count(*) = 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND state <> 'idle'",
    );
    expect((await inspecting(server.url(), (on) => checkConnections(on, limits))).findings).toEqual(
      [],
    );
  });

  test("ids that were not frozen in time are found", async () => {
    const server = await start(version, { autovacuum: "off", autovacuum_freeze_max_age: "100000" });
    const [client, holder] = [await connect(server), await connect(server)];
    await client.query("CREATE TABLE old (a int)");
    // Autovacuum freezes before it is too late even when it is off, unless somebody still reads the past.
    await holder.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await holder.query("SELECT * FROM old");
    await client.query(
      "DO $$ BEGIN FOR i IN 1..155000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$",
    );
    const { findings, summary } = await inspecting(server.url(), (on) => checkVacuum(on));
    const [first] = findings.filter(({ object }) => object === "database postgres");
    expect(first).toMatchObject({
      severity: "warning",
      sql: expect.stringMatching(/^VACUUM \(FREEZE, VERBOSE\) \S+;/),
    });
    expect(first!.problem).toMatch(
      /transaction ids are 15\d,\d{3} old .* should have frozen them at 100,000/,
    );
    expect(found({ findings, summary })).toContainEqual(["autovacuum", "critical"]);
  });

  test("dead rows that nobody removes are found", async () => {
    const server = await start(version, { autovacuum: "off" });
    const client = await connect(server);
    await client.query(`
      CREATE TABLE late (a int); CREATE TABLE off (a int) WITH (autovacuum_enabled = false); CREATE TABLE fine (a int);
      INSERT INTO late SELECT generate_series(1, 40000); INSERT INTO off SELECT generate_series(1, 40000);
      INSERT INTO fine SELECT generate_series(1, 40000)`);
    await client.query("ANALYZE late, fine");
    await client.query(
      "DELETE FROM late; DELETE FROM off WHERE a < 9; DELETE FROM fine WHERE a < 5000",
    );
    await client.end();
    open.pop();
    const check = await inspecting(server.url(), (on) => checkVacuum(on));
    expect(found(check)).toEqual([
      ["autovacuum", "critical"],
      ["public.late", "warning"],
      ["public.off", "warning"],
    ]);
    const admin = await connect(server);
    for (const { sql } of check.findings.slice(1)) {
      for (const statement of sql!.split("; ")) await admin.query(statement);
    }
    const after = await inspecting(server.url(), (on) => checkVacuum(on));
    expect(found(after)).toEqual([["autovacuum", "critical"]]);
  });

  test("a transaction that keeps dead rows is found", async () => {
    const server = await start(version);
    const [holder, writer] = [await connect(server), await connect(server)];
    await writer.query("CREATE TABLE t (a int)");
    await holder.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await holder.query("SELECT * FROM t");
    for (let n = 0; n < 12; n++) await writer.query("INSERT INTO t VALUES (1)");
    const held = await inspecting(server.url(), (on) => heldRows(on, 10));
    expect(held).toEqual([
      expect.objectContaining({
        severity: "warning",
        object: expect.stringMatching(/^session \d+$/),
        sql: expect.stringMatching(/^SELECT pg_terminate_backend\(\d+\);$/),
      }),
    ]);
    await writer.query(held[0]!.sql!);
    await until(
      writer,
      "SELECT count(*) = 0 FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
    );
    expect(await inspecting(server.url(), (on) => heldRows(on, 10))).toEqual([]);
  });

  test("cache hits are judged once there were enough reads", async () => {
    const server = await start(version, { shared_buffers: "128kB" });
    const client = await connect(server);
    await client.query(
      "CREATE TABLE big AS SELECT repeat('x', 500) FROM generate_series(1, 20000)",
    );
    for (let n = 0; n < 3; n++) await client.query("SELECT count(*) FROM big");
    await client.end();
    open.pop();
    const few = await inspecting(server.url(), (on) => checkBuffers(on));
    expect(few.findings).toEqual([]);
    expect(few.summary).toMatch(/too few to judge/);
    const enough = await inspecting(server.url(), (on) => checkBuffers(on, 1_000));
    expect(found(enough)).toEqual([["cache of tables", "warning"]]);
    expect(enough.findings[0]!.problem).toContain("most were read from public.big (");
  });

  test("a slot that nobody reads is found, and worse once its WAL is gone", async () => {
    const server = await start(version, {
      max_slot_wal_keep_size: "1MB",
      min_wal_size: "32MB",
      max_wal_size: "32MB",
    });
    const client = await connect(server);
    await client.query("SELECT pg_create_physical_replication_slot('forgotten', true)");
    const quiet = await inspecting(server.url(), (on) => checkReplication(on));
    expect(found(quiet)).toEqual([["replication slot forgotten", "info"]]);
    await client.query("CREATE TABLE t (a text)");
    for (let n = 0; n < 4; n++) {
      await client.query("INSERT INTO t SELECT repeat('x', 1000) FROM generate_series(1, 20000)");
      await client.query("SELECT pg_switch_wal()");
      await client.query("CHECKPOINT");
    }
    const lost = await inspecting(server.url(), (on) => checkReplication(on));
    expect(found(lost)).toEqual([["replication slot forgotten", "critical"]]);
    await client.query(lost.findings[0]!.sql!);
    expect((await inspecting(server.url(), (on) => checkReplication(on))).findings).toEqual([]);
  });

  test("commits that wait for nobody, and an archive that fails, are found", async () => {
    const server = await start(version, {
      archive_mode: "on",
      archive_command: "false",
      synchronous_commit: "on",
      synchronous_standby_names: "nobody",
    });
    const client = await connect(server);
    await client.query("SET synchronous_commit = off");
    await client.query("CREATE TABLE t (a int); SELECT pg_switch_wal()");
    await until(client, "SELECT failed_count > 0 FROM pg_stat_archiver");
    expect(found(await inspecting(server.url(), (on) => checkReplication(on)))).toEqual([
      ["synchronous_standby_names", "critical"],
      ["archive_command", "critical"],
    ]);
  });

  test("a standby is looked at from both sides", async () => {
    const primary = await startPostgres({ version });
    open.push(() => removePostgres(primary));
    await stopPostgres(primary);
    const copy = `${primary.folder}-standby`;
    // Keeps the owner, without whom PostgreSQL does not start.
    await promisify(execFile)("cp", ["-a", primary.folder, copy]);
    const again = await startAgain(primary.folder, { version, port: primary.port });
    open.push(() => stopPostgres(again));
    const { client: standby, url } = await startStandby(copy, version, again);
    await until(standby, "SELECT count(*) = 1 FROM pg_stat_wal_receiver");
    const upstream = await connect(again);
    await until(upstream, "SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'");

    const sent = await inspecting(again.url(), (on) => checkReplication(on));
    expect(sent).toMatchObject({
      summary: "Primary with 1 standby, 0 replication slots.",
      findings: [],
    });
    const received = await inspecting(url, (on) => checkReplication(on));
    expect(received.summary).toMatch(/^Standby with 0 B to replay/);
    expect(received.findings).toEqual([]);

    await standby.query("SELECT pg_wal_replay_pause()");
    await until(standby, "SELECT pg_is_wal_replay_paused()");
    expect(found(await inspecting(url, (on) => checkReplication(on)))).toEqual([
      ["replay", "warning"],
    ]);
    await standby.query("SELECT pg_wal_replay_resume()");
    await upstream.end();
    await stopPostgres(again);
    await until(standby, "SELECT count(*) = 0 FROM pg_stat_wal_receiver");
    expect(found(await inspecting(url, (on) => checkReplication(on)))).toEqual([
      ["WAL receiver", "critical"],
    ]);
  });
});
