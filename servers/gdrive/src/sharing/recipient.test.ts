import fc from "fast-check";
import { expect, test } from "vitest";
import { GoogleError } from "../google/error.ts";
import { described, isInside, recipientOf } from "./recipient.ts";

test("an address, a domain and anyone are read", () => {
  expect(recipientOf("user", "Ann.B+x@Example.COM")).toEqual({
    type: "user",
    emailAddress: "Ann.B+x@example.com",
    domain: "example.com",
  });
  expect(recipientOf("domain", "Example.com")).toEqual({ type: "domain", domain: "example.com" });
  expect(recipientOf("anyone")).toEqual({ type: "anyone" });
});

test.each([
  ["user", "example.com"],
  ["user", "ann@example.com@evil.example"],
  ["user", "ann@evil.example, bob@example.com"],
  ["user", '"x@example.com"@evil.example'],
  ["user", "ann@example.com\u200b"],
  ["user", "ann@exаmple.com"],
  ["user", "ann@example.com."],
  ["user", "ann@localhost"],
  ["group", "Ann <ann@example.com>"],
  ["domain", "ann@example.com"],
  ["domain", "https://example.com"],
  ["domain", ""],
  ["user", ""],
] as const)("%s %j is refused", (type, name) => {
  expect(() => recipientOf(type, name)).toThrow(GoogleError);
});

test("GD5: only the very domains of the list are inside", () => {
  const domains = ["example.com"];
  const inside = (name: string) => isInside(recipientOf("user", name), domains);
  expect(inside("ann@EXAMPLE.com")).toBe(true);
  for (const name of ["a@sub.example.com", "a@example.com.evil.net", "a@notexample.com"]) {
    expect(inside(name), name).toBe(false);
  }
  expect(isInside({ type: "anyone" }, domains)).toBe(false);
  expect(isInside(recipientOf("domain", "example.com"), [])).toBe(false);
});

test("GD5: whatever address is read as inside ends in a domain of the list", () => {
  const part = fc.constantFrom("example.com", "@", "evil.net", ".", " ", "\u202e", "%", "a", "é");
  const name = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 6 }).map((all) => all.join("")),
  );
  const type = fc.constantFrom("user" as const, "group" as const);
  fc.assert(
    fc.property(type, name, (type, name) => {
      try {
        const recipient = recipientOf(type, name);
        if (!isInside(recipient, ["example.com"])) return;
        expect(described(recipient)).toMatch(/^(the group )?[^@\s]+@example\.com$/);
      } catch (error) {
        expect(error).toBeInstanceOf(GoogleError);
      }
    }),
    { seed: 5, numRuns: 3_000 },
  );
});
