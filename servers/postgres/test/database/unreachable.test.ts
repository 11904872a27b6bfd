import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { inspect } from "node:util";
import { createDatabase } from "@portico/testing-postgres";
import { describe, expect, onTestFinished, test } from "vitest";
import { open, signal, value } from "./open.ts";

const SECRET = "hunter2";

describe("a database that cannot be reached", () => {
  test.each([
    ["127.0.0.1:1/d", "Nothing accepts connections at 127.0.0.1:1;"],
    ["[::1]:1/d", "at [::1]:1"],
    ["no-such-host.invalid/d", "has no address in DNS"],
    ["127.0.0.1:1,127.0.0.1:2/d", "at 127.0.0.1:2;"],
    ["%2Fno%2Fsuch%2Ffolder/d", "no socket at /no/such/folder/.s.PGSQL.5432"],
  ])("%s", async (place, part) => {
    const error = await value(open(`postgres://u:${SECRET}@${place}`), "SELECT 1").catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: "unreachable", message: expect.stringContaining(part) });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
  });

  test("that never answers is given up", async () => {
    const port = await listen(createServer(() => {}));
    const database = open(`postgres://u@127.0.0.1:${port}/d?connect_timeout=1&sslmode=disable`);
    await expect(value(database, "SELECT 1")).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("connect_timeout"),
    });
  });

  test.each(["disable", "prefer", "require"])(
    "that is no PostgreSQL is said to be none, with sslmode=%s",
    async (mode) => {
      const server = createServer((socket) => {
        socket.on("error", () => {});
        socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
      });
      const port = await listen(server);
      const database = open(`postgres://u:${SECRET}@127.0.0.1:${port}/d?sslmode=${mode}`);
      await expect(value(database, "SELECT 1")).rejects.toMatchObject({
        code: "unreachable",
        message: expect.stringContaining("PostgreSQL"),
      });
    },
  );

  test("that does not exist is named", async () => {
    const made = await createDatabase(18);
    const elsewhere = made.url().replace(made.name, "no_such_database");
    await expect(value(open(elsewhere), "SELECT 1")).rejects.toMatchObject({
      code: "3D000",
      message: 'There is no database "no_such_database" on the server; check its name.',
    });
  });

  test("without TLS is refused where TLS is required, and the error names the setting", async () => {
    const made = await createDatabase(18);
    const database = open(`${made.url()}?sslmode=require`);
    await expect(value(database, "SELECT 1")).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("sslmode=disable"),
    });
    expect(await value(open(`${made.url()}?sslmode=prefer`), "SELECT 1")).toBe("1");
  });

  test("is left for the next host", async () => {
    const made = await createDatabase(18);
    const { host } = new URL(made.url());
    const several = made.url().replace(host, `127.0.0.1:1,${host}`);
    expect(await value(open(several), "SELECT 1")).toBe("1");
    expect(await value(open(`${several}?target_session_attrs=primary`), "SELECT 1")).toBe("1");
    const standby = open(`${several}?target_session_attrs=standby`);
    await expect(value(standby, "SELECT 1")).rejects.toMatchObject({
      message: "No server is one for standby sessions.",
    });
  });

  test("has not been connected to by opening it", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    const port = await listen(server);
    const database = open(`postgres://u@127.0.0.1:${port}/d?sslmode=disable`);
    await database.close();
    expect(connections).toBe(0);
  });

  test("does not hold a caller who gives up", async () => {
    const port = await listen(createServer(() => {}));
    const database = open(`postgres://u@127.0.0.1:${port}/d?sslmode=disable`);
    const caller = new AbortController();
    const waiting = database.read({ signal: caller.signal }, (session) =>
      session.query("SELECT 1"),
    );
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
  });
});

test("a session may carry options and another name", async () => {
  const made = await createDatabase(18);
  const database = open(`${made.url()}?options=-c%20geqo%3Doff&application_name=mine`);
  const { rows } = await database.read({ signal }, (session) =>
    session.query("SELECT current_setting('geqo'), current_setting('application_name')"),
  );
  expect(rows).toEqual([["off", "mine"]]);
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}
