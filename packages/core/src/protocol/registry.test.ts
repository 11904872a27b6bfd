import { expect, expectTypeOf, test } from "vitest";
import { s } from "../schema/build.ts";
import {
  type CallToolRequestParams,
  type CallToolResult,
  type ClientCapabilityPath,
  defineMethods,
  METHODS,
  type NotificationMethod,
  type ParamsOf,
  REVISIONS,
  type RequestMethod,
  type ResultOf,
  request,
  rowFor,
  rowsIn,
  type ServerCapabilityPath,
  type Tool,
} from "./index.ts";

test("a method that a revision does not have has no row in it", () => {
  expect(rowFor(METHODS, "elicitation/create", "2025-03-26")).toBeUndefined();
  expect(rowFor(METHODS, "elicitation/create", "2025-06-18")).toMatchObject({ from: "server" });
  expect(rowFor(METHODS, "initialize", "2026-07-28")).toBeUndefined();
  expect(rowFor(METHODS, "server/discover", "2025-11-25")).toBeUndefined();
});

test.each(["sampling/createMessage", "roots/list", "elicitation/create"])(
  "%s is only an input request in 2026-07-28, so it has no row there",
  (method) => {
    expect(rowFor(METHODS, method, "2025-11-25")).toMatchObject({ method });
    expect(rowFor(METHODS, method, "2026-07-28")).toBeUndefined();
  },
);

test.each(["__proto__", "constructor", "toString", "", "tools/list "])(
  "%j is no method",
  (method) => {
    expect(REVISIONS.map((revision) => rowFor(METHODS, method, revision))).toEqual(
      REVISIONS.map(() => undefined),
    );
  },
);

test("the row of a revision says who may send the message in that revision", () => {
  expect(rowFor(METHODS, "notifications/progress", "2025-11-25")?.from).toBe("both");
  expect(rowFor(METHODS, "notifications/progress", "2026-07-28")?.from).toBe("server");
});

test("completion needs no capability in the revision that had none", () => {
  expect(rowFor(METHODS, "completion/complete", "2024-11-05")?.gate).toBeUndefined();
  expect(rowFor(METHODS, "completion/complete", "2025-03-26")?.gate).toEqual({
    server: "completions",
  });
});

test("rows are settled once for each registry and revision", () => {
  expect(rowsIn(METHODS, "2025-06-18")).toBe(rowsIn(METHODS, "2025-06-18"));
});

test("an extension adds rows without touching the core's", () => {
  const own = defineMethods(
    request("acme/echo", {
      since: "2025-06-18",
      from: "client",
      params: s.object({ text: s.string() }),
      result: s.object({ text: s.string() }),
    }),
  );
  const methods = { ...METHODS, ...own };
  expect(rowFor(methods, "acme/echo", "2025-06-18")).toMatchObject({ method: "acme/echo" });
  expect(rowFor(methods, "acme/echo", "2025-03-26")).toBeUndefined();
  expect(rowFor(METHODS, "acme/echo", "2025-06-18")).toBeUndefined();
  expectTypeOf<ParamsOf<"acme/echo", typeof methods>>().toEqualTypeOf<{ text: string }>();
  expectTypeOf<RequestMethod<typeof own>>().toEqualTypeOf<"acme/echo">();
});

test("params and results follow from the rows", () => {
  expectTypeOf<ParamsOf<"tools/call">>().toEqualTypeOf<CallToolRequestParams>();
  expectTypeOf<ResultOf<"tools/call">>().toEqualTypeOf<CallToolResult>();
  expectTypeOf<ResultOf<"tools/list">["tools"]>().toEqualTypeOf<Tool[]>();
  expectTypeOf<"tools/list">().toExtend<RequestMethod>();
  expectTypeOf<"notifications/message">().toExtend<NotificationMethod>();
  expectTypeOf<"notifications/message">().not.toExtend<RequestMethod>();
});

test("capability paths are those the capabilities have", () => {
  expectTypeOf<"resources.subscribe">().toExtend<ServerCapabilityPath>();
  expectTypeOf<"elicitation.url">().toExtend<ClientCapabilityPath>();
  expectTypeOf<"resources.nothing">().not.toExtend<ServerCapabilityPath>();
});
