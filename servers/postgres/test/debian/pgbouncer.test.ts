import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createDatabase, freePort, type TestDatabase } from "@portico/testing-postgres";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { call, refusal, structured } from "../support/calls.ts";
import { clientOn } from "../support/server.ts";
import { pgbouncer } from "./programs.ts";

/** It refuses to run as root; this user exists everywhere. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Starts a pooler with two connections before a database; its URL. */
async function pooled(database: TestDatabase, mode: "session" | "transaction"): Promise<string> {
  const { port } = new URL(database.url());
  const own = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "pgbouncer-"));
  const file = join(folder, "pgbouncer.ini");
  writeFileSync(
    file,
    `[databases]
* = host=127.0.0.1 port=${port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = 2
`,
  );
  if (NOBODY.uid !== undefined) {
    for (const path of [folder, file]) chownSync(path, NOBODY.uid, NOBODY.gid);
  }
  const child = spawn(pgbouncer!, [file], { ...NOBODY, stdio: ["ignore", "ignore", "pipe"] });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
    rmSync(folder, { recursive: true });
  });
  for await (const line of createInterface(child.stderr)) {
    if (line.includes("process up")) break;
  }
  child.stderr.resume();
  return `postgres://postgres@127.0.0.1:${own}/${database.name}`;
}

describe.skipIf(pgbouncer === undefined)("behind a real pgbouncer", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase();
    await database.run(
      "CREATE TABLE numbers AS SELECT n FROM generate_series(1, 100) n; CREATE TABLE notes (t text)",
    );
  });

  describe.each(["session", "transaction"] as const)("that pools by %s", (mode) => {
    const url = async () =>
      `${await pooled(database, mode)}${mode === "transaction" ? "?pgbouncer=true" : ""}`;
    const writing = { operator: { "access-mode": "read-write" } } as const;

    test("rows are read, with values, page by page, and exported", async () => {
      const client = await clientOn(await url());
      const by = { sql: "SELECT n FROM numbers WHERE n > $1 ORDER BY n", params: [98] };
      expect(JSON.parse(await call(client, "query", by))).toEqual([{ n: 99 }, { n: 100 }]);
      const paged = { sql: "SELECT n FROM numbers ORDER BY n", paged: true, limit: 60 };
      const { next: cursor } = await structured(client, "query", paged);
      const rest = JSON.parse(await call(client, "query", { cursor }));
      expect(rest[0]).toEqual({ n: 61 });
      expect(await call(client, "export_query", { sql: "TABLE numbers" })).toContain("100 rows");
      expect(await call(client, "get_object_details", { object_name: "numbers" })).toContain("n");
    });

    test("a transaction over several calls keeps to its session", async () => {
      const client = await clientOn(await url(), writing);
      const { transaction } = await structured(client, "begin_transaction");
      await call(client, "execute_sql", { sql: "INSERT INTO notes VALUES ('a')", transaction });
      const count = { sql: "SELECT count(*)::int AS n FROM notes" };
      expect(JSON.parse(await call(client, "query", count))).toEqual([{ n: 0 }]);
      await call(client, "commit_transaction", { transaction });
      expect(JSON.parse(await call(client, "query", count))).toEqual([{ n: 1 }]);
    });

    test("64 calls at once share its two connections without an error", async () => {
      const client = await clientOn(await url(), { operator: { "max-connections": 10 } });
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, n) =>
          call(client, "query", { sql: "SELECT $1::int AS n", params: [n], format: "compact" }),
        ),
      );
      expect(new Set(answers).size).toBe(64);
    });

    test("cancelling a call ends its statement in PostgreSQL", async () => {
      const client = await clientOn(await url());
      const watching = await clientOn(database.url());
      const isRunning = async () => {
        const sql =
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query ~ 'AS slow' AND pid <> pg_backend_pid()";
        return (await structured<{ rows: unknown[] }>(watching, "query", { sql })).rows.length > 0;
      };
      const stop = new AbortController();
      const sql = "SELECT count(*) AS slow FROM generate_series(1, 100000000000)";
      const running = client.callTool("query", { sql }, { signal: stop.signal });
      running.catch(() => {});
      while (!(await isRunning()));
      stop.abort();
      await expect(running).rejects.toThrow();
      while (await isRunning());
      expect(await call(client, "query", { sql: "SELECT 1 AS one" })).toContain("1");
    });

    test("nothing is written by who may only read, and time is limited", async () => {
      const client = await clientOn(await url(), { operator: { "statement-timeout": 1 } });
      expect(await refusal(client, "query", { sql: "INSERT INTO notes VALUES ('a')" })).toContain(
        "read-write",
      );
      const slow = { sql: "SELECT count(*) FROM generate_series(1, 1000000000)" };
      expect(await refusal(client, "query", slow)).toContain("took longer than allowed");
      expect(await call(client, "query", { sql: "SELECT 1 AS one" })).toContain("1");
    });
  });
});
