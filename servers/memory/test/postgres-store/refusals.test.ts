import { createDatabase } from "@portico/testing-postgres";
import { expect, test } from "vitest";
import { openPostgresStore } from "../../src/postgres/open.ts";
import { ann, entity, mine } from "../store/support.ts";

test.each([
  ["no URL", "nonsense", "invalid"],
  ["another database's URL", "mysql://me:secret@localhost/db", "invalid"],
  [
    "a certificate that is not there",
    "postgres://me:secret@localhost/db?sslrootcert=/nowhere",
    "invalid",
  ],
  ["a schema that would need quotes", 'postgres://me:secret@localhost/db?schema=a"b', "invalid"],
])("%s is refused with advice and without the URL", async (_, url, code) => {
  const refusal = await openPostgresStore(url).catch((error: unknown) => error as Error);
  expect(refusal).toMatchObject({ name: "GraphError", code });
  expect(String((refusal as Error).message)).not.toMatch(/secret|nowhere|mysql/);
});

test("a server that cannot be reached is named, without user and password", {
  timeout: 30_000,
}, async () => {
  const url = "postgres://me:secret@127.0.0.1:1/db";
  const refusal = await openPostgresStore(url).catch((error: unknown) => error as Error);
  expect(refusal).toMatchObject({ code: "busy" });
  expect((refusal as Error).message).toContain("127.0.0.1:1/db");
  expect((refusal as Error).message).not.toMatch(/me|secret/i);
});

test("a user who may only read rows reads, and is told when writing", async () => {
  const { url, run, name } = await createDatabase(18);
  const owner = await openPostgresStore(url());
  await owner.createEntities(mine, [entity("a", "fact")], ann);
  await owner.close();
  const role = `reader_${name}`;
  await run(`CREATE ROLE ${role} LOGIN;
    GRANT USAGE ON SCHEMA portico_memory TO ${role};
    GRANT SELECT ON ALL TABLES IN SCHEMA portico_memory TO ${role}`);
  const store = await openPostgresStore(url(role));
  expect(await store.openEntities(mine, ["a"], {})).toHaveLength(1);
  expect((await store.search(mine, { text: "fact", limit: 1 })).items).toHaveLength(1);
  await expect(store.createEntities(mine, [entity("b")], ann)).rejects.toMatchObject({
    code: "read-only",
  });
  await store.close();
});

test("a name with a character that PostgreSQL cannot hold is refused in words for the caller", async () => {
  const store = await openPostgresStore((await createDatabase(18)).url());
  for (const read of [
    () => store.walk(mine, { from: "a\0", depth: 1, limit: 1, direction: "both" }),
    () => store.existing(mine, ["a\0"], {}),
    () => store.history(mine, { entity: "a\0", limit: 1 }),
  ]) {
    await expect(read()).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("NUL"),
    });
  }
  await store.close();
});

test("a server that takes no writes is read, and says so when written to", async () => {
  const { url, run, name } = await createDatabase(18);
  await (await openPostgresStore(url())).close();
  await run(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  const store = await openPostgresStore(url());
  expect(await store.projects("")).toEqual([]);
  await expect(store.createEntities(mine, [entity("a")], ann)).rejects.toMatchObject({
    code: "read-only",
  });
  await store.close();
});

test("tables of an older program are brought up to date", async () => {
  const { url, run } = await createDatabase(18);
  const old = await openPostgresStore(url());
  await old.createEntities(mine, [entity("a")], ann);
  await old.close();
  await run(`DROP TABLE portico_memory.taken_statements;
    UPDATE portico_memory.migration SET version = 1`);
  const store = await openPostgresStore(url());
  await store.keepStatements(mine, Uint8Array.of(1));
  expect([...(await store.keptStatements(mine))]).toEqual([1]);
  expect(await store.openEntities(mine, ["a"], {})).toHaveLength(1);
  await store.close();
});

test("tables of a newer program are refused and left alone", async () => {
  const { url, run } = await createDatabase(18);
  await (await openPostgresStore(url())).close();
  await run("UPDATE portico_memory.migration SET version = 99");
  await expect(openPostgresStore(url())).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("99"),
  });
});

test("a database that is not in UTF-8 is refused", async () => {
  const { run, url, name } = await createDatabase(18);
  const latin = `latin_${name}`;
  await run(
    `CREATE DATABASE ${latin} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
  );
  const there = url().replace(name, latin);
  await expect(openPostgresStore(there)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("UTF8"),
  });
});

test("stores in schemas of one database know nothing of each other", async () => {
  const { url } = await createDatabase(18);
  const one = await openPostgresStore(`${url()}?schema=one`);
  const other = await openPostgresStore(`${url()}?schema=user`);
  await one.createEntities(mine, [entity("a", "hiking")], ann);
  expect((await other.search(mine, { text: "hiking", limit: 1 })).items).toEqual([]);
  expect(await other.createEntities(mine, [entity("a", "hikes")], ann)).toEqual(["a"]);
  expect((await other.search(mine, { text: "hiking", limit: 1 })).items).toHaveLength(1);
  await Promise.all([one.close(), other.close()]);
});

test("closing twice is closing once, and waits for what was begun", async () => {
  const { url } = await createDatabase(18);
  const store = await openPostgresStore(url());
  const writing = store.createEntities(mine, [entity("a")], ann);
  await Promise.all([store.close(), store.close()]);
  expect(await writing).toEqual(["a"]);
});
