import { expect, test } from "vitest";
import { createMask } from "./mask.ts";
import { MASK_KINDS, parseMaskRule } from "./rules.ts";

test("a rule names a schema, table and column by globs, and how they are hidden", () => {
  expect(parseMaskRule("public.users.email=email")).toEqual({
    schema: "public",
    table: "users",
    column: "email",
    kind: "email",
  });
  expect(parseMaskRule("*.*.ssn=full")).toMatchObject({ schema: "*", table: "*", column: "ssn" });
  expect(parseMaskRule('"my.app"."a""b".*=hash')).toMatchObject({ schema: "my.app", table: 'a"b' });
});

test.each(["email=full", "users.email=full", "a.b.c", "a.b.c=", "a..c=full", "a.b.c.d=full"])(
  "%s is no rule",
  (written) => {
    expect(() => parseMaskRule(written)).toThrow("write schema.table.column=kind");
  },
);

test("a kind nobody knows is refused with those there are", () => {
  expect(() => parseMaskRule("a.b.c=secret")).toThrow(`use one of ${MASK_KINDS.join(", ")}.`);
});

test("values are hidden as their kind says", async () => {
  const mask = await createMask();
  expect(mask("full", "x")).toBe("***");
  expect(mask("null", "x")).toBeNull();
  expect(mask("none", "x")).toBe("x");
  expect(mask("last4", "4111 1111 1111 1234")).toBe("***1234");
  expect(mask("last4", "1234567")).toBe("***");
  expect(mask("last4", "12345😀😀😀")).toBe("***5😀😀😀");
  expect(mask("email", "ann@example.com")).toBe("a***@example.com");
  expect(mask("email", "not an address")).toBe("***");
  expect(mask("email", "@example.com")).toBe("***");
});

test("hashes are the same for the same value, and others in another process", async () => {
  const [one, other] = [await createMask(), await createMask()];
  expect(one("hash", "a")).toMatch(/^[0-9a-f]{16}$/);
  expect(one("hash", "a")).toBe(one("hash", "a"));
  expect(one("hash", "a")).not.toBe(one("hash", "b"));
  expect(one("hash", "a")).not.toBe(other("hash", "a"));
});
