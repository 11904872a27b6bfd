import { JSON_RPC, RpcError, ToolError } from "@portico/core";
import { expect, test } from "vitest";
import { GraphError } from "./graph/error.ts";
import { forClient, forModel } from "./told.ts";

test("what a client asked for is told apart from what is wrong with the memory", () => {
  for (const code of ["unknown-entity", "exists", "invalid", "too-large"] as const) {
    const told = forClient(new GraphError(code, "Ask otherwise."));
    expect(told).toMatchObject({ code: JSON_RPC.invalidParams, message: "Ask otherwise." });
  }
  for (const code of ["busy", "full", "damaged", "read-only"] as const) {
    const told = forClient(new GraphError(code, "Free some room."));
    expect(told).toBeInstanceOf(RpcError);
    expect(told).toMatchObject({ code: JSON_RPC.internalError, message: "Free some room." });
  }
});

test("a model is told every refusal, and nothing of what is a bug", () => {
  expect(forModel(new GraphError("full", "Free some room."))).toBeInstanceOf(ToolError);
  const bug = new TypeError("x is not a function");
  expect([forModel(bug), forClient(bug)]).toEqual([bug, bug]);
});
