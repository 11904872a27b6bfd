import { describe, expect, test } from "vitest";
import {
  confirm,
  defineServer,
  elicit,
  listRoots,
  memoryPair,
  type ServerDefinition,
  s,
  sample,
  serve,
  tool,
} from "../../src/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { initialize, meta, RawClient, type RawResponse } from "../server/raw-client.ts";

const LEGACY = ["2025-06-18", "2025-11-25"] as const;
const FORMS = { elicitation: {} };

function connected(server: ServerDefinition): RawClient {
  const [ours, theirs] = memoryPair();
  serve(server, theirs);
  return new RawClient(ours);
}

/** What a client answers to each question, by method. */
type Answer = (params: JsonObject) => JsonObject;

/** Calls a tool as a client of `revision` would, answering whatever is asked on the way. */
async function call(
  wire: RawClient,
  revision: string,
  name: string,
  capabilities: JsonObject,
  answers: Record<string, Answer>,
): Promise<{ response: RawResponse; asked: string[] }> {
  const asked: string[] = [];
  const answer = (method: string, params: JsonObject) => {
    asked.push(method);
    return (answers[method] as Answer)(params);
  };
  if (revision !== "2026-07-28") {
    await initialize(wire, revision, capabilities);
    const response = wire.request("tools/call", { name });
    void (async () => {
      for (;;) {
        const { id, method, params } = await wire.take(
          (message) => "method" in message && "id" in message,
        );
        const result = answer(method as string, (params ?? {}) as JsonObject);
        wire.send({ jsonrpc: "2.0", id, result });
      }
    })().catch(() => {});
    return { response: await response, asked };
  }
  let extra: JsonObject = {};
  for (;;) {
    const response = await wire.request("tools/call", {
      name,
      ...extra,
      _meta: meta(capabilities),
    });
    const { result } = response;
    if (result?.resultType !== "input_required") return { response, asked };
    const requests = result.inputRequests as Record<string, JsonObject>;
    const inputResponses = Object.fromEntries(
      Object.entries(requests).map(([key, { method, params }]) => [
        key,
        answer(method as string, (params ?? {}) as JsonObject),
      ]),
    );
    extra = { inputResponses, requestState: result.requestState as string };
  }
}

function text({ result }: RawResponse): unknown {
  return ((result as JsonObject).content as JsonObject[])[0]?.text;
}

describe.each([...LEGACY, "2026-07-28"])("a handler that asks, on %s", (revision) => {
  test("gets the answer and goes on", async () => {
    const greet = tool({
      name: "greet",
      description: "Greets.",
      async run(_, ctx) {
        const answer = await ctx.ask("name", elicit("Who?", s.object({ name: s.string() })));
        return answer.action === "accept" ? `Hello, ${answer.content.name}!` : "Hello, stranger!";
      },
    });
    const wire = connected(defineServer({ name: "t", version: "1", tools: [greet] }));
    const { response, asked } = await call(wire, revision, "greet", FORMS, {
      "elicitation/create": () => ({ action: "accept", content: { name: "Ada" } }),
    });
    expect(text(response)).toBe("Hello, Ada!");
    expect(asked).toEqual(["elicitation/create"]);
  });

  test("asks several things at once in one round, and in later rounds keeps the answers", async () => {
    const runs: string[] = [];
    const gather = tool({
      name: "gather",
      description: "Gathers.",
      async run(_, ctx) {
        runs.push("run");
        const [name, roots] = await Promise.all([
          ctx.ask("name", elicit("Who?", s.object({ name: s.string() }))),
          ctx.ask("roots", listRoots()),
        ]);
        const said = await ctx.ask("said", sample({ messages: [], maxTokens: 5 }));
        return `${name.content?.name} ${roots.roots.length} ${said.model}`;
      },
    });
    const wire = connected(defineServer({ name: "t", version: "1", tools: [gather] }));
    const capabilities = { elicitation: {}, roots: {}, sampling: {} };
    const { response, asked } = await call(wire, revision, "gather", capabilities, {
      "elicitation/create": () => ({ action: "accept", content: { name: "Ada" } }),
      "roots/list": () => ({ roots: [{ uri: "file:///a" }] }),
      "sampling/createMessage": () => ({
        role: "assistant",
        content: { type: "text", text: "hi" },
        model: "m1",
      }),
    });
    expect(text(response)).toBe("Ada 1 m1");
    expect(asked.sort()).toEqual(["elicitation/create", "roots/list", "sampling/createMessage"]);
    expect(runs).toHaveLength(3);
  });

  test("does a step only once, however often it is entered", async () => {
    let steps = 0;
    const once = tool({
      name: "once",
      description: "Steps.",
      async run(_, ctx) {
        const ticket = await ctx.once("ticket", () => ++steps);
        await ctx.ask("sure", confirm("Sure?"));
        return `ticket ${ticket}`;
      },
    });
    const wire = connected(defineServer({ name: "t", version: "1", tools: [once] }));
    const { response } = await call(wire, revision, "once", FORMS, {
      "elicitation/create": () => ({ action: "accept", content: {} }),
    });
    expect(text(response)).toBe("ticket 1");
    expect(steps).toBe(1);
  });

  test("cannot lose a question in a careless catch", async () => {
    const careless = tool({
      name: "careless",
      description: "Catches everything.",
      async run(_, ctx) {
        try {
          const { action } = await ctx.ask("sure", confirm("Sure?"));
          return action;
        } catch {
          return "done without asking";
        }
      },
    });
    const wire = connected(defineServer({ name: "t", version: "1", tools: [careless] }));
    const { response } = await call(wire, revision, "careless", FORMS, {
      "elicitation/create": () => ({ action: "decline" }),
    });
    expect(text(response)).toBe("decline");
  });

  test("reaches the client through a tool that calls it", async () => {
    const inner = tool({
      name: "inner",
      description: "Asks.",
      async run(_, ctx) {
        return (await ctx.ask("sure", confirm("Sure?"))).action;
      },
    });
    const outer = tool({
      name: "outer",
      description: "Calls twice.",
      async run(_, ctx) {
        const first = await ctx.call("inner");
        const second = await ctx.call("inner");
        return [...first.content, ...second.content];
      },
    });
    const wire = connected(defineServer({ name: "t", version: "1", tools: [inner, outer] }));
    let count = 0;
    const { response, asked } = await call(wire, revision, "outer", FORMS, {
      "elicitation/create": () => ({ action: ++count === 1 ? "accept" : "cancel", content: {} }),
    });
    expect((response.result as JsonObject).content).toEqual([
      { type: "text", text: "accept" },
      { type: "text", text: "cancel" },
    ]);
    expect(asked).toHaveLength(2);
  });
});
