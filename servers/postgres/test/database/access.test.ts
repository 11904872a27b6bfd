import { inspect } from "node:util";
import { type PostgresServer, removePostgres, startPostgres } from "@portico/testing-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/database/open-database.ts";
import { parseConnection } from "../../src/database/parse-connection.ts";
import { makeCertificates } from "./certificates.ts";
import { open, signal, value } from "./open.ts";

const certificates = makeCertificates();

/** Who may come in how. */
const HBA = `
host      all postgres  all trust
hostssl   all certified all cert
hostssl   all encrypted all scram-sha-256
hostnossl all plain     all trust
host      all scram     all scram-sha-256
host      all digest    all md5
host      all cleartext all password
local     all all           trust
`;

const USERS = `
DO $$ BEGIN
  CREATE ROLE certified LOGIN; CREATE ROLE plain LOGIN;
  CREATE ROLE encrypted LOGIN PASSWORD 'right'; CREATE ROLE scram LOGIN PASSWORD 'right';
  CREATE ROLE cleartext LOGIN PASSWORD 'right';
  SET LOCAL password_encryption = 'md5';
  CREATE ROLE digest LOGIN PASSWORD 'right';
END $$`;

const IS_TLS = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

// Certificates are made with the openssl command; a machine without it has none.
describe.skipIf(!certificates).each([15, 18] as const)(
  "PostgreSQL %i with TLS (its certificate made with openssl)",
  (version) => {
    const { root, strange, server, client } = certificates!;
    let running: PostgresServer;
    let folder = "";

    beforeAll(async () => {
      running = await startPostgres({
        version,
        hba: HBA,
        settings: {
          ssl: "on",
          ssl_cert_file: server.certificate,
          ssl_key_file: server.key,
          ssl_ca_file: root,
        },
      });
      folder = running.folder;
      const connection = parseConnection(running.url(), {});
      const admin = openDatabase({ name: "admin", connection, writable: true });
      await admin.alone({ signal }, USERS);
      await admin.close();
    });

    afterAll(() => removePostgres(running));

    const at = (user: string, parameters = "", host = "127.0.0.1") =>
      open(`postgres://${user}@${host}:${running.port}/postgres?${parameters}`);

    test.each([
      ["", "t"],
      ["sslmode=disable", "f"],
      ["sslmode=allow", "f"],
      ["sslmode=prefer", "t"],
      ["sslmode=require", "t"],
      ["ssl=true", "t"],
      [`sslmode=require&sslrootcert=${root}`, "t"],
      [`sslmode=verify-ca&sslrootcert=${root}`, "t"],
    ])("is reached with %s", async (parameters, isTls) => {
      expect(await value(at("postgres", parameters), IS_TLS)).toBe(isTls);
    });

    test("is verified in full by the name in its certificate", async () => {
      const parameters = `sslmode=verify-full&sslrootcert=${root}`;
      expect(await value(at("postgres", parameters, "localhost"), IS_TLS)).toBe("t");
      await expect(value(at("postgres", parameters), IS_TLS)).rejects.toMatchObject({
        code: "unreachable",
        message: expect.stringContaining("is for another host; connect by the name in it"),
      });
    });

    test.each([
      ["sslmode=verify-ca"],
      ["sslmode=verify-full"],
      [`sslmode=require&sslrootcert=${strange}`],
      ["sslrootcert=system"],
    ])("is not trusted with %s, and the error names the setting", async (parameters) => {
      await expect(value(at("postgres", parameters, "localhost"), IS_TLS)).rejects.toMatchObject({
        code: "unreachable",
        message: expect.stringContaining("sslrootcert"),
      });
    });

    test("lets in who must not be encrypted, and who must be, when either will do", async () => {
      expect(await value(at("plain", "sslmode=prefer"), IS_TLS)).toBe("f");
      expect(await value(at("encrypted:right", "sslmode=allow"), IS_TLS)).toBe("t");
      await expect(value(at("plain", "sslmode=require"), IS_TLS)).rejects.toMatchObject({
        code: "28000",
      });
      await expect(value(at("encrypted:right", "sslmode=disable"), IS_TLS)).rejects.toMatchObject({
        code: "28000",
      });
    });

    test("lets in who shows a certificate, its key being protected", async () => {
      const files = `sslcert=${client.certificate}&sslkey=${client.key}`;
      const full = `sslmode=verify-full&sslrootcert=${root}&${files}`;
      const mine = at("certified", `${full}&sslpassword=key%20password`, "localhost");
      expect(await value(mine, "SELECT current_user")).toBe("certified");
      const wrong = at("certified", `${full}&sslpassword=guess`, "localhost");
      await expect(value(wrong, IS_TLS)).rejects.toMatchObject({
        code: "unreachable",
        message: expect.stringContaining("sslkey"),
      });
      const none = at("certified", "sslmode=require&sslkey=/nowhere");
      await expect(value(none, IS_TLS)).rejects.toMatchObject({
        message: expect.stringContaining("sslkey names cannot be read (ENOENT)"),
      });
    });

    test("cancels under TLS", async () => {
      const database = at("encrypted:right", `sslmode=verify-ca&sslrootcert=${root}`);
      expect(await value(database, IS_TLS)).toBe("t");
      const caller = new AbortController();
      const slow = database.read({ signal: caller.signal }, async (session) => {
        const sleeping = session.query("SELECT pg_sleep(600)");
        setImmediate(() => caller.abort());
        return sleeping;
      });
      await expect(slow).rejects.toMatchObject({ code: "cancelled" });
    });

    test("is bound to the channel where asked", async () => {
      const bound = at("scram:right", "sslmode=require&channel_binding=require");
      expect(await value(bound, IS_TLS)).toBe("t");
      const unbound = at("scram:right", "sslmode=disable&channel_binding=require");
      const others = ["digest:right", "cleartext:right", "postgres"].map((user) =>
        at(user, "sslmode=require&channel_binding=require"),
      );
      for (const database of [unbound, ...others]) {
        await expect(value(database, IS_TLS)).rejects.toMatchObject({
          message: expect.stringContaining("channel_binding=require"),
        });
      }
    });

    test.runIf(version === 18)("begins with TLS at once where asked", async () => {
      const database = at("scram:right", "sslmode=require&sslnegotiation=direct");
      expect(await value(database, IS_TLS)).toBe("t");
      const caller = new AbortController();
      const slow = database.read({ signal: caller.signal }, (session) => {
        setImmediate(() => caller.abort());
        return session.query("SELECT pg_sleep(600)");
      });
      await expect(slow).rejects.toMatchObject({ code: "cancelled" });
    });

    test.each(["scram", "digest", "cleartext"])("checks the password of %s", async (user) => {
      expect(await value(at(`${user}:right`), "SELECT current_user")).toBe(user);
      await expect(value(at(`${user}:hunter2`), "SELECT 1")).rejects.toMatchObject({
        code: "28P01",
        message: `The password for user "${user}" is wrong, or the user does not exist; check user and password.`,
      });
      const reason: unknown = await value(at(`${user}:hunter2`), "SELECT 1").catch(
        (error: unknown) => error,
      );
      expect(inspect(reason, { depth: 9, showHidden: true })).not.toContain("hunter2");
      await expect(value(at(user), "SELECT 1")).rejects.toMatchObject({
        code: "28P01",
        message: expect.stringContaining("none was given"),
      });
    });

    test("is reached through its Unix socket, where there is no TLS", async () => {
      const socket = open(
        `postgres://plain@/postgres?host=${folder}&port=${running.port}&sslmode=prefer`,
      );
      expect(await value(socket, IS_TLS)).toBe("f");
      expect(socket.publicUrl).toBe(`postgres://${encodeURIComponent(`${folder}`)}/postgres`);
      const caller = new AbortController();
      const slow = socket.read({ signal: caller.signal }, (session) => {
        setImmediate(() => caller.abort());
        return session.query("SELECT pg_sleep(600)");
      });
      await expect(slow).rejects.toMatchObject({ code: "cancelled" });
    });

    test("never shows the password", async () => {
      const database = at("scram:right", "sslmode=require");
      const shown = await database.read({ signal }, (session) =>
        session.query(
          "SELECT row_to_json(a)::text FROM pg_stat_activity AS a WHERE pid = pg_backend_pid()",
        ),
      );
      expect(shown.rows[0]?.[0]).toContain("portico-postgres");
      expect(shown.rows[0]?.[0]).not.toContain("right");
      expect(process.title).not.toContain("right");
      expect(database.publicUrl).toBe(`postgres://127.0.0.1:${running.port}/postgres`);
    });
  },
);
