import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { createDatabase } from "@portico/testing-postgres";
import { afterAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { parseTunnel, type TunnelFiles } from "../../src/database/parse-tunnel.ts";
import { open, signal, value } from "./open.ts";
import { makeKey, type SshServer, startSsh, writeKnownHosts } from "./ssh-server.ts";

const folder = mkdtempSync(join(tmpdir(), "pg-ssh-"));
const keys = makeKey();
const protectedKeys = makeKey("key password");
const keyFile = join(folder, "key");
writeFileSync(keyFile, keys.private);
const protectedKeyFile = join(folder, "protected");
writeFileSync(protectedKeyFile, protectedKeys.private);

afterAll(() => rmSync(folder, { recursive: true }));

describe("a database behind an SSH host", () => {
  test("is reached with a password", async () => {
    const server = await startSsh({ password: "hunter2" });
    const database = await through(server, "ann:hunter2");
    expect(await value(database, "SELECT 1")).toBe("1");
    const many = Array.from({ length: 30 }, (_, index) => value(database, `SELECT ${index}`));
    expect(await Promise.all(many)).toEqual(Array.from({ length: 30 }, (_, index) => `${index}`));
  });

  test("is reached with a key, also a protected one", async () => {
    const plain = await startSsh({ publicKey: keys.public });
    expect(await value(await through(plain, "ann", { keyFile }), "SELECT 1")).toBe("1");
    const server = await startSsh({ publicKey: protectedKeys.public });
    const files = { keyFile: protectedKeyFile, keyPassword: "key password" };
    expect(await value(await through(server, "ann", files), "SELECT 1")).toBe("1");
    const wrong = { keyFile: protectedKeyFile, keyPassword: "guess" };
    await expect(value(await through(server, "ann", wrong), "SELECT 1")).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("password is wrong or missing"),
    });
  });

  test("cancels through it", async () => {
    const server = await startSsh({ password: "hunter2" });
    const database = await through(server, "ann:hunter2");
    await value(database, "SELECT 1");
    const caller = new AbortController();
    const slow = database.read({ signal: caller.signal }, (session) => {
      setImmediate(() => caller.abort());
      return session.query("SELECT pg_sleep(600)");
    });
    await expect(slow).rejects.toMatchObject({ code: "cancelled" });
  });

  test("is reached again after the tunnel broke", async () => {
    const server = await startSsh({ password: "hunter2" });
    const database = await through(server, "ann:hunter2");
    for (let round = 0; round < 3; round += 1) {
      expect(await value(database, "SELECT 1")).toBe("1");
      server.drop();
    }
    expect(await value(database, "SELECT 1")).toBe("1");
  });

  test("is not asked for through a host that is not known", async () => {
    const server = await startSsh({ password: "hunter2" });
    const files = { knownHostsFile: join(folder, "none") };
    const error = await value(await through(server, "ann:hunter2", files), "SELECT 1").catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("is not known"),
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("hunter2");
  });

  test("is not asked for through a host whose key is another", async () => {
    const [server, other] = [await startSsh({ password: "hunter2" }), await startSsh({})];
    const forged = { ...server, publicKey: other.publicKey };
    const knownHostsFile = writeKnownHosts(join(folder, "forged"), forged);
    const database = await through(server, "ann:hunter2", { knownHostsFile });
    await expect(value(database, "SELECT 1")).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("is not the one in known_hosts"),
    });
  });

  test.each([
    ["ann:wrong", {}, "does not let ann in"],
    ["ann", { keyFile }, "does not let ann in"],
    ["ann", { keyFile: "/nowhere" }, "cannot be read (ENOENT)"],
  ])("says why %s with %o is not let in", async (user, files, part) => {
    const server = await startSsh({ password: "hunter2" });
    await expect(value(await through(server, user, files), "SELECT 1")).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining(part),
    });
  });

  test("says when the host is down, or may not forward", async () => {
    const server = await startSsh({ password: "hunter2", mayForward: false });
    await expect(value(await through(server, "ann:hunter2"), "SELECT 1")).rejects.toMatchObject({
      message: expect.stringContaining("cannot reach 127.0.0.1"),
    });
    const down = await through({ ...server, port: 1 }, "ann:hunter2");
    await expect(value(down, "SELECT 1")).rejects.toMatchObject({
      message: "The SSH host 127.0.0.1:1 cannot be reached (ECONNREFUSED); check host and port.",
    });
  });

  test("hears notifications through it", async () => {
    const server = await startSsh({ password: "hunter2" });
    const database = await through(server, "ann:hunter2");
    const heard: string[] = [];
    await database.listen("changes", (payload) => heard.push(payload));
    await database.write({ signal }, (session) => session.query("NOTIFY changes, 'one'"));
    await expect.poll(() => heard).toEqual(["one"]);
  });
});

async function through(
  server: SshServer,
  user: string,
  files: TunnelFiles = {},
): Promise<Database> {
  const made = await createDatabase(18);
  const knownHostsFile = writeKnownHosts(join(folder, `known-${server.port}`), server);
  const url = `ssh://${user}@127.0.0.1:${server.port}`;
  return open(made.url(), { tunnel: parseTunnel(url, { knownHostsFile, ...files }, {}) });
}
