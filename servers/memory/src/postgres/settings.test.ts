import { expect, test } from "vitest";
import { settingsOf } from "./settings.ts";

test("a URL says where, and the schema is none of the driver's business", async () => {
  const settings = await settingsOf("postgres://me:secret@db.example:5433/things?schema=mine");
  expect(settings).toMatchObject({ schema: "mine", place: "db.example:5433/things" });
  expect(settings.connection).not.toHaveProperty("schema");
  expect((await settingsOf("postgresql://localhost")).schema).toBe("portico_memory");
});

test.each(["prefer", "require", "verify-ca", "verify-full"])(
  "sslmode=%s checks the certificate",
  async (mode) => {
    const { connection } = await settingsOf(`postgres://localhost/db?sslmode=${mode}`);
    expect(connection.ssl).toEqual({});
  },
);

test("certificates go unchecked only where the URL says so", async () => {
  const unchecked = { rejectUnauthorized: false };
  const { connection } = await settingsOf("postgres://localhost/db?sslmode=no-verify");
  expect(connection.ssl).toEqual(unchecked);
  const weak = await settingsOf("postgres://localhost/db?uselibpqcompat=true&sslmode=require");
  expect(weak.connection.ssl).toEqual(unchecked);
  expect((await settingsOf("postgres://localhost/db?sslmode=disable")).connection.ssl).toBe(false);
});
