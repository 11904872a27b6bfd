import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect, httpClient, REVISIONS } from "@portico/core";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { call, notes, refusal } from "./support/calls.ts";
import { type Listening, listen } from "./support/processes.ts";

// Real HTTP, tokens that callers show, and a real PostgreSQL that tells them apart by row level security.

let database: TestDatabase;
let folder: string;
let byRole: Listening;
let byClaims: Listening;
const tokens = { ann: randomBytes(32).toString("hex"), bob: randomBytes(32).toString("hex") };
let roles: Readonly<Record<"ann" | "bob", string>>;

beforeAll(async () => {
  database = await createDatabase();
  // Roles belong to the whole cluster, which other tests share.
  roles = { ann: `ann_${database.name}`, bob: `bob_${database.name}` };
  await database.run(`
    CREATE ROLE gate_${database.name} LOGIN;
    CREATE ROLE ${roles.ann}; CREATE ROLE ${roles.bob};
    GRANT ${roles.ann}, ${roles.bob} TO gate_${database.name};
    CREATE TABLE notes (id serial, owner text NOT NULL DEFAULT current_user, body text);
    INSERT INTO notes (owner, body) VALUES ('${roles.ann}', 'of Ann'), ('${roles.bob}', 'of Bob');
    ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON notes USING (owner = current_user
      OR owner = current_setting('request.jwt.claims', true)::json ->> 'sub');
    GRANT ALL ON notes TO ${roles.ann}, ${roles.bob}, gate_${database.name};
    GRANT USAGE ON SEQUENCE notes_id_seq TO ${roles.ann}, ${roles.bob};
  `);
  folder = mkdtempSync(join(tmpdir(), "portico-tenants-"));
  const file = join(folder, "tokens");
  const lines = (["ann", "bob"] as const).map((who) => {
    const hash = createHash("sha256").update(tokens[who]).digest("hex");
    return `${hash} ${roles[who]}\n`;
  });
  writeFileSync(file, lines.join(""), { mode: 0o600 });
  const args = [
    `--auth-tokens=${file}`,
    "--access-mode=read-write",
    database.url(`gate_${database.name}`),
  ];
  [byRole, byClaims] = await Promise.all([
    listen(["--role-claim=sub", ...args]),
    listen(["--claims-setting=request.jwt.claims", ...args]),
  ]);
});

afterAll(async () => {
  await Promise.all([byRole?.stop(), byClaims?.stop()]);
  rmSync(folder, { recursive: true });
});

describe.each(REVISIONS)("two callers of one server, with revision %s", (revision) => {
  async function open(server: Listening, who: "ann" | "bob"): Promise<Client> {
    const headers = { Authorization: `Bearer ${tokens[who]}` };
    const clientInfo = { name: "test", version: "1.0.0" };
    const client = await connect(httpClient(server.url, { headers }), { clientInfo, revision });
    onTestFinished(() => client.close());
    return client;
  }
  const bodies = async (client: Client) =>
    JSON.parse(await call(client, "query", { sql: "SELECT body FROM notes ORDER BY body" })).map(
      ({ body }: { body: string }) => body,
    );

  test("are different roles", async () => {
    const [ann, bob] = await Promise.all([open(byRole, "ann"), open(byRole, "bob")]);
    expect(await Promise.all([bodies(ann), bodies(bob), bodies(ann)])).toEqual([
      ["of Ann"],
      ["of Bob"],
      ["of Ann"],
    ]);
    expect(await call(ann, "query", { sql: "SELECT current_user AS me" })).toContain(
      `"me": "${roles.ann}"`,
    );
  });

  test("are told apart by the claims that policies read", async () => {
    const [ann, bob] = await Promise.all([open(byClaims, "ann"), open(byClaims, "bob")]);
    expect(await Promise.all([bodies(ann), bodies(bob)])).toEqual([["of Ann"], ["of Bob"]]);
  });

  test("cannot become each other", async () => {
    const ann = await open(byRole, "ann");
    for (const sql of [
      `SET ROLE ${roles.bob}`,
      "RESET ROLE",
      `SELECT set_config('role', '${roles.bob}', true)`,
      `SELECT set_config('request.jwt.claims', '{"sub":"${roles.bob}"}', true)`,
    ]) {
      await refusal(ann, "execute_sql", { sql });
      await refusal(ann, "query", { sql });
    }
    expect(await bodies(ann)).toEqual(["of Ann"]);
  });

  test("cannot use each other's transactions, cursors and files", async () => {
    const [ann, bob] = await Promise.all([open(byRole, "ann"), open(byRole, "bob")]);
    const [transaction] = /\S+$/.exec(await call(ann, "begin_transaction")) ?? [];
    expect(await refusal(bob, "query", { sql: "SELECT 1", transaction })).toMatch(/no such/);
    // Another client of the same caller is the same caller.
    const again = await open(byRole, "ann");
    await call(again, "execute_sql", {
      sql: "INSERT INTO notes (body) VALUES ('new')",
      transaction,
    });
    await call(again, "rollback_transaction", { transaction });
    const sql = "SELECT * FROM generate_series(1, 200)";
    const [, next] = /cursor "(.+?)"/.exec(await notes(ann, "query", { sql, paged: true })) ?? [];
    expect(await refusal(bob, "query", { cursor: next })).toMatch(/no such cursor/);
    await call(ann, "query", { cursor: next });
    const said = await call(ann, "export_query", { sql: "SELECT body FROM notes" });
    const [uri = ""] = /postgres:.*$/.exec(said) ?? [];
    await expect(bob.readResource(uri)).rejects.toThrow(/not found/i);
    expect((await ann.readResource(uri)).contents[0]).toMatchObject({ text: "body\nof Ann\n" });
  });
});

test("a caller without a token is not let in", async () => {
  const clientInfo = { name: "test", version: "1.0.0" };
  await expect(connect(httpClient(byRole.url), { clientInfo })).rejects.toThrow();
});

test("a caller without the claim that names the role is refused", async () => {
  const args = ["--role-claim=tenant", `--auth-tokens=${join(folder, "tokens")}`, database.url()];
  const server = await listen(args);
  onTestFinished(async () => void (await server.stop()));
  const headers = { Authorization: `Bearer ${tokens.ann}` };
  const client = await connect(httpClient(server.url, { headers }), {
    clientInfo: { name: "test", version: "1.0.0" },
  });
  onTestFinished(() => client.close());
  expect(await refusal(client, "query", { sql: "SELECT 1" })).toMatch(/no claim "tenant"/);
});
