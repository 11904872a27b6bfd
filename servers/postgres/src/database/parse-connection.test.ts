import fc from "fast-check";
import { parse } from "pg-connection-string";
import { describe, expect, test } from "vitest";
import { parseConnection } from "./parse-connection.ts";

const SEED = 20_261_122;

describe("a connection URL", () => {
  test("says where, as whom and how", () => {
    const settings = parseConnection(
      "postgresql://ann:s%40cret@db.example:6432/app?sslmode=verify-full&sslrootcert=/ca.pem&connect_timeout=3&application_name=x&options=-c%20geqo%3Doff",
      {},
    );
    expect(settings).toMatchObject({
      hosts: [{ host: "db.example", port: 6432 }],
      database: "app",
      user: "ann",
      ssl: { mode: "verify-full", rootCertificate: "/ca.pem", channelBinding: "prefer" },
      connectTimeoutMs: 3_000,
      applicationName: "x",
      options: "-c geqo=off",
      targetSession: "any",
      pooling: "session",
    });
    expect(settings.password()).toBe("s@cret");
  });

  test.each([
    ["postgres://u@h", [{ host: "h", port: 5432 }]],
    ["postgres://u@/d", [{ host: "localhost", port: 5432 }]],
    ["postgres://u@:77/d", [{ host: "localhost", port: 77 }]],
    ["postgres://u@[::1]:77/d", [{ host: "::1", port: 77 }]],
    ["postgres://u@%2Frun%2Fpg/d", [{ host: "/run/pg", port: 5432 }]],
    ["postgres://u@/d?host=/run/pg&port=77", [{ host: "/run/pg", port: 77 }]],
    [
      "postgres://u@a:1,[::2],c:3/d",
      [
        { host: "a", port: 1 },
        { host: "::2", port: 5432 },
        { host: "c", port: 3 },
      ],
    ],
    [
      "postgres://u@a,b/d?port=77",
      [
        { host: "a", port: 77 },
        { host: "b", port: 77 },
      ],
    ],
  ])("%s names its hosts", (url, hosts) => {
    expect(parseConnection(url, {}).hosts).toEqual(hosts);
  });

  test("leaves to the environment what it does not say", () => {
    const env = {
      PGHOST: "elsewhere",
      PGUSER: "bob",
      PGPASSWORD: "secret",
      PGPORT: "99",
      PGSSLMODE: "require",
    };
    const settings = parseConnection("postgres://ann@here/app", env);
    expect(settings).toMatchObject({ user: "ann", hosts: [{ host: "here", port: 99 }] });
    expect(settings.ssl.mode).toBe("require");
    expect(settings.password()).toBe("secret");
    expect(parseConnection(undefined, env)).toMatchObject({
      user: "bob",
      database: "bob",
      hosts: [{ host: "elsewhere", port: 99 }],
    });
  });

  test("may hold what Prisma, pg and poolers add", () => {
    const url =
      "postgres://u:p@h/d?schema=public&connection_limit=5&pgbouncer=true&uselibpqcompat=true";
    expect(parseConnection(url, {}).pooling).toBe("transaction");
    expect(parseConnection("postgres://u@h/d?ssl=true", {}).ssl.mode).toBe("require");
    expect(parseConnection("postgres://u@h/d?sslmode=no-verify", {}).ssl.mode).toBe("require");
    expect(parseConnection("postgres://u@h/d?sslrootcert=system", {}).ssl.mode).toBe("verify-full");
  });

  test("is read as pg reads it", () => {
    const word = fc
      .string({ minLength: 1, unit: "grapheme" })
      .filter((text) => /^[^\0]+$/.test(text) && text.isWellFormed());
    const url = fc.record({
      user: word,
      password: word,
      database: word,
      port: fc.integer({ min: 1, max: 65_535 }),
    });
    fc.assert(
      fc.property(url, ({ user, password, database, port }) => {
        const [u, p, d] = [user, password, database].map(encodeURIComponent);
        const text = `postgres://${u}:${p}@db.example:${port}/${d}`;
        const ours = parseConnection(text, {});
        const theirs = parse(text);
        expect([ours.user, ours.password(), ours.hosts]).toEqual([
          theirs.user,
          theirs.password,
          [{ host: theirs.host, port: Number(theirs.port) }],
        ]);
        // pg leaves some characters of a database's name encoded; libpq does not.
        expect(ours.database).toBe(database);
      }),
      { seed: SEED },
    );
  });
});

describe("a keyword string", () => {
  test("is read as libpq reads it", () => {
    const settings = parseConnection(
      String.raw`host = 'db one' port=77 dbname='it\'s' user=a\ b password='p\\w' `,
      {},
    );
    expect(settings).toMatchObject({
      hosts: [{ host: "db one", port: 77 }],
      database: "it's",
      user: "a b",
    });
    expect(settings.password()).toBe("p\\w");
  });

  test("keeps any value, quoted", () => {
    const text = fc.string({ minLength: 1, unit: "binary" }).filter((one) => !one.includes("\0"));
    fc.assert(
      fc.property(text, text, (user, password) => {
        const quote = (value: string) => `'${value.replace(/['\\]/g, "\\$&")}'`;
        const read = parseConnection(`user=${quote(user)}  password=${quote(password)}`, {});
        expect([read.user, read.password()]).toEqual([user, password]);
      }),
      { seed: SEED },
    );
  });
});

describe("a refusal", () => {
  const SECRET = "hunter2";

  test.each([
    [`postgres://u:${SECRET}/x@h/d`, "write / as %2F"],
    [`postgres://u:12345/${SECRET}@h/d`, "write / as %2F"],
    [`postgres://u:${SECRET}?x@h/d`, "? as %3F"],
    [`postgres://u:${SECRET}?${SECRET}@h/d`, "? as %3F"],
    [`postgres://u:a?${SECRET}=x@h/d`, "@ as %40"],
    [`postgres://u:${SECRET}%zz@h/d`, "%25"],
    [`postgres://u:p@h:${SECRET}/d`, "port"],
    [`postgres://u:p@h/d?${SECRET}`, "name=value"],
    [`postgres://u:p@h/d?${SECRET}=1`, "no plain word"],
    ["postgres://u:p@h/d?sslcrl=/x", '"sslcrl"'],
    [`postgres://u:p@h/d?sslmode=${SECRET}`, "verify-full"],
    [`postgres://u:p@h/d?connect_timeout=${SECRET}`, "connect_timeout"],
    [`postgres://u:p@h/d?application_name=${SECRET}%00`, "NUL"],
    ["postgres://u@h/d?sslmode=require&sslrootcert=system", "verify-full"],
    ["postgres://u@h/d?sslnegotiation=direct", "sslmode=require"],
    [`mysql://u:${SECRET}@h/d`, "postgres:// URL"],
    [`password='${SECRET}`, "single quotes"],
    [`${SECRET}`, "postgres:// URL"],
    ["postgres://h/d", "no user"],
    ["postgres://u@a,b,c:1/d?port=1,2", "one port"],
  ])("of %s says what to do and repeats no value", (text, part) => {
    const act = () => parseConnection(text, {});
    expect(act).toThrow(expect.objectContaining({ message: expect.stringContaining(part) }));
    expect(act).toThrow(expect.objectContaining({ message: expect.not.stringContaining(SECRET) }));
  });

  test("never repeats a password, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (noise) => {
        const text = `postgres://user:${noise}${SECRET}${noise}@host/database`;
        try {
          const settings = parseConnection(text, {});
          const { password: _, ssl: __, ...shown } = settings;
          expect(JSON.stringify(shown)).not.toContain(SECRET);
        } catch (error) {
          expect((error as Error).message).not.toContain(SECRET);
        }
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});

test("printed settings show no password", async () => {
  const settings = parseConnection("postgres://u:hunter2@h/d?sslpassword=hunter2", {});
  const { inspect } = await import("node:util");
  expect(inspect(settings, { depth: 9 }) + JSON.stringify(settings)).not.toContain("hunter2");
});
