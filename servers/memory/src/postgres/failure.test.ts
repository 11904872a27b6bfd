import { expect, test } from "vitest";
import { GraphError } from "../graph/error.ts";
import { isConflict, isLost, told } from "./failure.ts";

const coded = (code: string) => Object.assign(new Error("with a secret"), { code });

test.each([
  ["40001", "conflict"],
  ["40P01", "conflict"],
  ["57P01", "lost"],
  ["57P03", "lost"],
  ["ECONNREFUSED", "lost"],
  ["23505", "neither"],
  ["53100", "neither"],
])("%s is tried again as a %s", (code, kind) => {
  expect(isConflict(coded(code))).toBe(kind === "conflict");
  expect(isLost(coded(code))).toBe(kind === "lost");
});

test.each([
  ["22021", "invalid"],
  ["25006", "read-only"],
  ["42501", "read-only"],
  ["53100", "full"],
  ["55P03", "busy"],
  ["XX001", "damaged"],
  ["28P01", "invalid"],
  ["ECONNRESET", "busy"],
])("%s is told as %s, in one sentence of ours", (code, kind) => {
  const error = told(coded(code), "host:1/db");
  expect(error).toMatchObject({ name: "GraphError", code: kind });
  expect(error.message).not.toContain("secret");
});

test("what nobody foresaw is told by its SQLSTATE only", () => {
  expect(told(coded("42P01"), "host:1/db").message).toBe(
    "PostgreSQL refused a statement with SQLSTATE 42P01.",
  );
});

test("a refusal of the graph is passed on, and no lost connection", () => {
  const refusal = new GraphError("busy", "timeout exceeded.");
  expect(told(refusal, "")).toBe(refusal);
  expect(isLost(refusal)).toBe(false);
});
