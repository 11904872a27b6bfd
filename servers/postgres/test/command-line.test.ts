import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { call, refusal } from "./support/calls.ts";
import { binary, openBinary } from "./support/processes.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

async function open(args: readonly string[], options: Parameters<typeof openBinary>[1] = {}) {
  const client = await openBinary(args, options);
  onTestFinished(() => client.close());
  return client;
}

const where = { sql: "SELECT current_database() AS name" };

describe("the database", () => {
  test.each(["DATABASE_URL", "DATABASE_URI", "POSTGRES_CONNECTION_STRING", "POSTGRES_CONNECTION"])(
    "comes from %s when it is not on the command line",
    async (variable) => {
      const client = await open([], { env: { [variable]: database.url() } });
      expect(await call(client, "query", where)).toContain(database.name);
    },
  );

  test("comes from libpq's variables when nothing else names it", async () => {
    const { hostname, port } = new URL(database.url());
    const env = { PGHOST: hostname, PGPORT: port, PGUSER: "postgres", PGDATABASE: database.name };
    expect(await call(await open([], { env }), "query", where)).toContain(database.name);
  });

  test("may be missing: the tools are there, and each call says what to set", async () => {
    const client = await open([], { env: {} });
    expect((await client.listTools()).length).toBeGreaterThan(10);
    expect(await refusal(client, "query", where)).toMatch(/^No database is set: .*DATABASE_URL/);
  });

  test("may be one of several, which callers choose by name", async () => {
    const other = await createDatabase();
    const client = await open([
      `--database=one=${database.url()}`,
      `--database=two=${other.url()}`,
    ]);
    expect(await call(client, "query", where)).toContain(database.name);
    expect(await call(client, "query", { ...where, database: "two" })).toContain(other.name);
    const [query] = await client.listTools();
    expect(query?.inputSchema.properties).toMatchObject({ database: { enum: ["one", "two"] } });
    await expect(
      client.callTool("query", { ...where, database: "postgres://localhost/other" }),
    ).resolves.toMatchObject({ isError: true });
  });

  test("is not chosen by callers where there is one", async () => {
    const client = await open([database.url()]);
    for (const { inputSchema } of await client.listTools()) {
      expect(inputSchema.properties ?? {}).not.toHaveProperty("database");
    }
  });
});

describe("a setting that is wrong ends the server with a sentence and without its secrets:", () => {
  test.each([
    [["postgres://ann:s3cret@host:port/db"], "The port in the connection string"],
    [["postgres://ann:s3cret@host/db?nonsense=1"], 'has a parameter "nonsense"'],
    [["--database=postgres://ann:s3cret@host/db"], "takes a name and a URL"],
    [["--database=a=postgres://u@h/x", "--database=a=postgres://ann:s3cret@h/y"], 'called "a"'],
    [["--access-mode=write"], "--access-mode must be read-only, read-write, admin"],
    [["--mask=email"], "no rule for masking"],
    [["--allow-function=f"], "schema.name"],
    [["--role-claim=sub"], "needs callers who show tokens"],
    [
      ["--role-claim=sub", "--access-mode=admin", "--transport=http"],
      "cannot keep callers apart who are administrators",
    ],
    [["--ssh-tunnel=postgres://ann:s3cret@h", "postgres://u@h/x"], "ssh://user@host"],
  ])("%j", (args, sentence) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
      encoding: "utf8",
      input: "",
      env: { PATH: process.env.PATH, USER: "ann" },
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("s3cret");
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });
});

describe("--access-mode", () => {
  const isReadOnly = async (args: readonly string[]) => {
    const client = await open([...args, database.url()]);
    const sql = "CREATE TABLE IF NOT EXISTS made ()";
    return (await client.callTool("execute_sql", { sql })).isError === true;
  };

  test("has the names of Postgres MCP Pro, too", async () => {
    expect(await isReadOnly([])).toBe(true);
    expect(await isReadOnly(["--access-mode=restricted"])).toBe(true);
    expect(await isReadOnly(["--access-mode=read-write"])).toBe(true);
    expect(await isReadOnly(["--access-mode=unrestricted"])).toBe(false);
  });
});

test("limits hold: statements end, and values are masked", async () => {
  await database.run("CREATE TABLE users (id int, email text)");
  await database.run("INSERT INTO users VALUES (1, 'ann@example.com')");
  const client = await open([
    "--statement-timeout=1",
    "--mask=*.users.email=email",
    database.url(),
  ]);
  const slow = { sql: "SELECT count(*) FROM generate_series(1, 1000000000)" };
  expect(await refusal(client, "query", slow)).toMatch(/took longer than allowed/);
  const masked = JSON.stringify([{ id: 1, email: "a***@example.com" }], null, 2);
  const sql = "SELECT * FROM users";
  expect(await call(client, "query", { sql })).toBe(masked);
  expect(await call(client, "query", { sql, paged: true })).toBe(masked);
  const uri = (await call(client, "export_query", { sql })).split("\n")[1] ?? "";
  expect((await client.readResource(uri)).contents[0]).toMatchObject({
    text: "id,email\n1,a***@example.com\n",
  });
  const guess = { sql: "SELECT id FROM users WHERE email LIKE 'ann%'" };
  for (const tool of ["query", "explain_query", "export_query"]) await refusal(client, tool, guess);
});

test.runIf(process.platform === "linux")(
  "who lists processes does not see the password of a URL on the command line",
  async () => {
    const url = "postgres://reader:hunter2@localhost/shop";
    const child = spawn(process.execPath, [binary, url], { stdio: ["pipe", "pipe", "ignore"] });
    onTestFinished(() => void child.kill());
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" })}\n`);
    await once(child.stdout, "data");
    const title = readFileSync(`/proc/${child.pid}/cmdline`, "utf8");
    expect(title).toContain("portico-postgres");
    expect(title).not.toContain("hunter2");
  },
);

test("listing the tools loads neither driver nor parser", () => {
  const folder = mkdtempSync(join(tmpdir(), "portico-start-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const probe = join(folder, "probe.cjs");
  writeFileSync(
    probe,
    `process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));`,
  );
  const messages = [
    `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`,
    `{"jsonrpc":"2.0","id":2,"method":"tools/list"}`,
  ];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", probe, binary, "postgres://nobody@127.0.0.1:1/none"],
    { encoding: "utf8", input: `${messages.join("\n")}\n` },
  );
  expect(stdout).toContain('"name":"query"');
  expect(stderr).toContain("server.cjs");
  expect(stderr).not.toMatch(/vendor|libpg-query|better-sqlite3/);
});

test.each([
  "--statement-timeout=0",
  "--idle-timeout=0",
  "--max-connections=0",
  "--statement-timeout=9999999",
])("%s is refused at once, with a line that is right", (flag) => {
  const args = [binary, "postgres://nobody@127.0.0.1:1/none", flag];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    input: "",
    // Nothing of npm's, which would have the line begin with npx.
    env: { PATH: process.env.PATH },
  });
  const name = flag.slice(2, flag.indexOf("="));
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(`--${name} is a whole number from 1 to 2147000.`);
  expect(stderr).toMatch(new RegExp(`portico-postgres .*--${name}[ =](30|60|10)`));
});
