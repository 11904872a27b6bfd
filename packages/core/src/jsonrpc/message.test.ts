import { expect, test } from "vitest";
import { kindOf } from "./message.ts";

const error = { code: 1, message: "no" };

test.each([
  [{ id: 1, method: "ping" }, "request"],
  [{ id: "", method: "ping", params: {} }, "request"],
  [{ method: "notifications/initialized" }, "notification"],
  [{ id: 1, result: {} }, "response"],
  [{ id: 1, error }, "response"],
  [{ error }, "response"],
  [{ id: null, error }, "response"],
] as const)("%j is a %s", (envelope, kind) => {
  expect(kindOf({ jsonrpc: "2.0", ...envelope })).toBe(kind);
});

test.each([
  [{ id: null, method: "ping" }],
  [{ id: 1.5, method: "ping" }],
  [{ id: 1, method: "ping", params: [] }],
  [{ id: 1, method: null, result: {} }],
  [{ id: 1, result: [] }],
  [{ result: {} }],
  [{ id: 1, error: { code: "1", message: "no" } }],
  [{ id: 1, result: {}, error }],
  [{ id: 1, result: {}, error: null }],
  [{}],
])("%j is no message", (envelope) => {
  expect(kindOf({ jsonrpc: "2.0", ...envelope })).toBe("invalid");
});
