import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isKnown, knownKeys } from "./known-hosts.ts";

const KEY = Buffer.from("a key of a host");
const LINE = `ssh-ed25519 ${KEY.toString("base64")} comment`;

describe("known_hosts", () => {
  test.each([
    ["db.example", 22],
    ["DB.example,10.0.0.1", 22],
    ["10.0.0.?,*.example", 22],
    ["[db.example]:2222", 2222],
    [hashed("db.example"), 22],
    [hashed("[db.example]:2222"), 2222],
  ])("%s is about the host", (names, port) => {
    expect(isKnown(KEY, knownKeys(`# a comment\n\n${names} ${LINE}\r\n`, "db.example", port))).toBe(
      true,
    );
  });

  test.each([
    ["db.example", 2222],
    ["[db.example]:2222", 22],
    ["!db.example,*.example", 22],
    ["db-example", 22],
    ["db.example.org", 22],
    [hashed("other.example"), 22],
    ["@cert-authority *.example", 22],
    ["@revoked db.example", 22],
    ["#db.example", 22],
  ])("%s at port %i is not", (names, port) => {
    expect(isKnown(KEY, knownKeys(`${names} ${LINE}`, "db.example", port))).toBe(false);
  });

  test("another key is not known, and one that was revoked no more", () => {
    const file = `db.example ${LINE}\n@revoked * ${LINE}`;
    expect(isKnown(KEY, knownKeys(file, "db.example", 22))).toBe(false);
    const other = Buffer.from("another");
    expect(isKnown(other, knownKeys(`db.example ${LINE}`, "db.example", 22))).toBe(false);
  });
});

function hashed(name: string): string {
  const salt = Buffer.from("twenty bytes of salt");
  const hash = createHmac("sha1", salt).update(name).digest("base64");
  return `|1|${salt.toString("base64")}|${hash}`;
}
