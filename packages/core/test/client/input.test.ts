import { describe, expect, test, vi } from "vitest";
import { connect, UrlElicitationRequired, UserRejected } from "../../src/client/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { host, legacy, modern, RpcError, ScriptedServer } from "./scripted-server.ts";

const form = {
  mode: "form",
  message: "Who?",
  requestedSchema: {
    type: "object",
    properties: {
      name: { type: "string", minLength: 2 },
      age: { type: "integer", default: 30 },
      dark: { type: "boolean", default: false },
    },
    required: ["name"],
  },
};
const sampling = {
  messages: [{ role: "user", content: { type: "text", text: "hi" } }],
  maxTokens: 10,
};
const said = { role: "assistant", content: { type: "text", text: "hello" }, model: "m" } as const;
const page = { mode: "url", message: "Log in", url: "https://example.com/in" };

type Options = Omit<Parameters<typeof connect>[1], "clientInfo">;

/** Asks a client one question in the way of each era, and says what it answered. */
const ways = {
  "a request of a legacy server": async (options: Options, method: string, params: JsonObject) => {
    const server = new ScriptedServer(legacy());
    const client = await connect(server.transport, { ...host, era: "legacy", ...options });
    const { result, error } = await server.ask(method, params);
    await client.close();
    return result ?? error;
  },
  "an input request of a modern server": async (
    options: Options,
    method: string,
    params: JsonObject,
  ) => {
    let answer: unknown;
    const server = new ScriptedServer(
      modern({
        "tools/call"({ inputResponses, requestState }) {
          if (!inputResponses) {
            const inputRequests = { q: { method, params: asModern(params) } };
            return { resultType: "input_required", inputRequests, requestState: "s" };
          }
          expect(requestState).toBe("s");
          answer = (inputResponses as JsonObject).q;
          return { resultType: "complete", content: [] };
        },
      }),
    );
    const client = await connect(server.transport, { ...host, ...options });
    const failure = await client.callTool("t").then(
      () => undefined,
      (error) => ({ code: error.code, message: error.message }),
    );
    await client.close();
    return answer ?? failure;
  },
};

function asModern({ elicitationId: _, ...params }: JsonObject): JsonObject {
  return params;
}

describe.each(Object.entries(ways))("%s", (_name, ask) => {
  test("is answered by the form handler, with defaults filled in where nothing was entered", async () => {
    const onElicit = vi.fn(() => ({ action: "accept" as const, content: { name: "Ann", age: 7 } }));
    expect(await ask({ onElicit }, "elicitation/create", form)).toEqual({
      action: "accept",
      content: { name: "Ann", age: 7, dark: false },
    });
    expect(onElicit).toHaveBeenCalledWith(form, expect.anything());
  });

  test("without a mode is a form", async () => {
    const { mode: _, ...modeless } = form;
    const onElicit = () => ({ action: "decline" as const });
    expect(await ask({ onElicit }, "elicitation/create", modeless)).toEqual({ action: "decline" });
  });

  test("gets no entries that do not fit the form", async () => {
    const onElicit = () => ({ action: "accept" as const, content: { name: "A" } });
    expect(await ask({ onElicit }, "elicitation/create", form)).toMatchObject({
      code: -32603,
      message: expect.stringContaining("name"),
    });
  });

  test("for a page is answered by the url handler alone", async () => {
    const url = vi.fn(() => ({ action: "accept" as const, content: { secret: "x" } }));
    const params = { ...page, elicitationId: "e1" };
    expect(await ask({ onElicit: { url } }, "elicitation/create", params)).toEqual({
      action: "accept",
    });
    expect(url).toHaveBeenCalledOnce();
  });

  test.each(["javascript:alert(1)", "file:///etc/passwd", "data:text/html,hi", "vbscript:x", "x"])(
    "for the page %s, which is none of the web, is an error and shown to nobody",
    async (address) => {
      const url = vi.fn(() => ({ action: "accept" as const }));
      const params = { ...page, url: address, elicitationId: "e1" };
      expect(await ask({ onElicit: { url } }, "elicitation/create", params)).toMatchObject({
        code: -32602,
        message: expect.stringContaining("http"),
      });
      expect(url).not.toHaveBeenCalled();
    },
  );

  test.each([
    ["a pattern that is none", { name: { type: "string", pattern: "(" } }],
    ["a reference to the network", { name: { type: "string", $ref: "https://example.com/s" } }],
  ])("for a form with %s is an error, and nobody fills it in", async (_what, properties) => {
    const onElicit = vi.fn(() => ({ action: "accept" as const, content: { name: "Ann" } }));
    const params = { ...form, requestedSchema: { type: "object", properties } };
    expect(await ask({ onElicit }, "elicitation/create", params)).toMatchObject({
      code: -32602,
      message: expect.stringContaining("form"),
    });
    expect(onElicit).not.toHaveBeenCalled();
  });

  test("in a mode that was not declared is an error", async () => {
    const answer = () => ({ action: "accept" as const });
    const params = { ...page, elicitationId: "e1" };
    expect(await ask({ onElicit: answer }, "elicitation/create", params)).toMatchObject({
      code: -32602,
      message: expect.stringContaining("url"),
    });
    expect(await ask({ onElicit: { url: answer } }, "elicitation/create", form)).toMatchObject({
      code: -32602,
      message: expect.stringContaining("form"),
    });
  });

  test("for the model is answered by the sampling handler", async () => {
    expect(await ask({ onSample: () => said }, "sampling/createMessage", sampling)).toEqual(said);
  });

  test("with tools is an error where tools were not declared, and passes where they were", async () => {
    const params = { ...sampling, tools: [{ name: "t", inputSchema: { type: "object" } }] };
    expect(await ask({ onSample: () => said }, "sampling/createMessage", params)).toMatchObject({
      code: -32602,
      message: expect.stringContaining("sampling.tools"),
    });
    const onSample = { run: () => said, tools: true };
    expect(await ask({ onSample }, "sampling/createMessage", params)).toEqual(said);
  });

  test("that leaves a tool use unanswered is an error", async () => {
    const use = { type: "tool_use", id: "u1", name: "t", input: {} };
    const messages = [
      { role: "assistant", content: use },
      { role: "user", content: { type: "text", text: "so?" } },
    ];
    const params = { ...sampling, messages };
    expect(await ask({ onSample: () => said }, "sampling/createMessage", params)).toMatchObject({
      code: -32602,
      message: expect.stringContaining("u1"),
    });
  });

  test("the user rejects is error -1", async () => {
    const onSample = () => {
      throw new UserRejected();
    };
    expect(await ask({ onSample }, "sampling/createMessage", sampling)).toMatchObject({ code: -1 });
  });

  test("for roots is answered from an array or a function", async () => {
    const roots = [{ uri: "file:///a", name: "a" }];
    expect(await ask({ roots }, "roots/list", {})).toEqual({ roots });
    expect(await ask({ roots: async () => roots }, "roots/list", {})).toEqual({ roots });
  });

  test.each([
    ["sampling/createMessage", sampling],
    ["elicitation/create", form],
    ["roots/list", {}],
  ])("for %s, which nobody handles, is method not found", async (method, params) => {
    expect(await ask({}, method, params)).toMatchObject({ code: -32601 });
  });

  test("of the wrong shape is an error, not a crash", async () => {
    const answer = await ask({ onSample: () => said }, "sampling/createMessage", { messages: 3 });
    expect(JSON.stringify(answer)).toMatch(/invalid/);
  });
});

describe("a legacy server", () => {
  test("gets a masked error when a handler has a bug", async () => {
    const onSample = () => {
      throw new Error("secret path /home/ann");
    };
    const ask = ways["a request of a legacy server"];
    expect(await ask({ onSample }, "sampling/createMessage", sampling)).toEqual({
      code: -32603,
      message: "The client failed to answer this request.",
    });
  });

  test("gets its pings answered, even before it is initialized", async () => {
    const server = new ScriptedServer(
      legacy({
        async initialize(_params, self) {
          expect((await self.ask("ping")).result).toEqual({});
          expect((await self.ask("roots/list")).error?.code).toBe(-32601);
          return legacy().initialize?.({}, self, 0);
        },
      }),
    );
    const client = await connect(server.transport, { ...host, era: "legacy", roots: [] });
    expect((await server.ask("ping")).result).toEqual({});
    await client.close();
  });

  test("with 100,000 tool uses in one message is answered in time", async () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `u${index}`);
    const uses = ids.map((id) => ({ type: "tool_use", id, name: "t", input: {} }));
    const results = ids.map((id) => ({ type: "tool_result", toolUseId: id, content: [] }));
    const messages = [
      { role: "assistant", content: uses },
      { role: "user", content: results },
    ];
    const server = new ScriptedServer(legacy());
    const onSample = { run: () => said, tools: true };
    const client = await connect(server.transport, { ...host, era: "legacy", onSample });
    const answer = await server.ask("sampling/createMessage", { ...sampling, messages });
    expect(answer.result).toMatchObject({ model: "m" });
    await client.close();
  });

  test("of a revision without elicitation cannot elicit", async () => {
    const server = new ScriptedServer(legacy({}, "2025-03-26"));
    const onElicit = () => ({ action: "decline" as const });
    const client = await connect(server.transport, { ...host, era: "legacy", onElicit });
    expect((await server.ask("elicitation/create", form)).error?.code).toBe(-32601);
    await client.close();
  });

  test("that takes its question back gets no answer, and the handler is told", async () => {
    const server = new ScriptedServer(legacy());
    const told = Promise.withResolvers<void>();
    const onSample = (_params: unknown, { signal }: { signal: AbortSignal }) => {
      server.notify("notifications/cancelled", { requestId: 77 });
      return new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          told.resolve();
          reject(signal.reason);
        });
      });
    };
    const client = await connect(server.transport, { ...host, era: "legacy", onSample });
    server.send({ jsonrpc: "2.0", id: 77, method: "sampling/createMessage", params: sampling });
    await told.promise;
    await server.ask("ping");
    expect(server.seen.filter(({ id }) => id === 77)).toEqual([]);
    await client.close();
  });

  test("tells when the user is done with a page; ids nobody knows are ignored", async () => {
    const server = new ScriptedServer(legacy());
    let done: Promise<void> | undefined;
    const url = (_params: unknown, context: { done: Promise<void> }) => {
      done = context.done;
      return { action: "accept" as const };
    };
    const client = await connect(server.transport, { ...host, era: "legacy", onElicit: { url } });
    await server.ask("elicitation/create", { ...page, elicitationId: "e1" });
    server.notify("notifications/elicitation/complete", { elicitationId: "unknown" });
    server.notify("notifications/elicitation/complete", { elicitationId: "e1" });
    await done;
    expect(done).toBeInstanceOf(Promise);
    await client.close();
  });

  describe("that demands pages first (-32042)", () => {
    const elicitations = [{ ...page, elicitationId: "e1" }];
    const demanding = (satisfied: () => boolean) =>
      legacy({
        "tools/call"() {
          if (!satisfied()) throw new RpcError(-32042, "Log in first", { elicitations });
          return { content: [] };
        },
      });

    test("is a typed error without a url handler", async () => {
      const server = new ScriptedServer(demanding(() => false));
      const client = await connect(server.transport, { ...host, era: "legacy" });
      const error = await client.callTool("t").catch((reason) => reason);
      expect(error).toBeInstanceOf(UrlElicitationRequired);
      expect(error).toMatchObject({ code: -32042, data: { elicitations }, elicitations });
      expect(server.got("tools/call")).toHaveLength(1);
      await client.close();
    });

    test("is asked again once the user has been there", async () => {
      let visited = false;
      const server = new ScriptedServer(demanding(() => visited));
      const url = async (_params: unknown, { done }: { done: Promise<void> }) => {
        server.notify("notifications/elicitation/complete", { elicitationId: "e1" });
        await done;
        visited = true;
        return { action: "accept" as const };
      };
      const client = await connect(server.transport, { ...host, era: "legacy", onElicit: { url } });
      expect(await client.callTool("t")).toEqual({ content: [] });
      expect(server.got("tools/call")).toHaveLength(2);
      await client.close();
    });

    test("is asked again only once, and not at all when the user declines", async () => {
      const server = new ScriptedServer(demanding(() => false));
      let action: "accept" | "decline" = "accept";
      const url = () => ({ action });
      const client = await connect(server.transport, { ...host, era: "legacy", onElicit: { url } });
      await expect(client.callTool("t")).rejects.toThrow(UrlElicitationRequired);
      expect(server.got("tools/call")).toHaveLength(2);
      action = "decline";
      await expect(client.callTool("t")).rejects.toThrow(UrlElicitationRequired);
      expect(server.got("tools/call")).toHaveLength(3);
      await client.close();
    });
  });
});

describe("a modern server", () => {
  const asking = (rounds: JsonObject[]) =>
    modern({
      "tools/call": () => rounds.shift() ?? { resultType: "complete", content: [] },
    });

  test("gets all answers at once, its state byte for byte, under a new id, and only in that retry", async () => {
    const requestState = 'é\u0000"\\ {"not":"parsed"} ';
    const roots = { method: "roots/list" };
    const server = new ScriptedServer(
      asking([
        {
          resultType: "input_required",
          requestState,
          inputRequests: { a: roots, b: { method: "elicitation/create", params: form } },
        },
        { resultType: "input_required", inputRequests: { c: roots } },
      ]),
    );
    const onElicit = () => ({ action: "cancel" as const });
    const client = await connect(server.transport, { ...host, roots: [], onElicit });
    await client.callTool("t", { x: 1 });
    await client.callTool("u");
    const bare = server.got("tools/call").map(({ _meta, ...params }) => params);
    expect(bare).toEqual([
      { name: "t", arguments: { x: 1 } },
      {
        name: "t",
        arguments: { x: 1 },
        requestState,
        inputResponses: { a: { roots: [] }, b: { action: "cancel" } },
      },
      { name: "t", arguments: { x: 1 }, inputResponses: { c: { roots: [] } } },
      { name: "u" },
    ]);
    const ids = server.seen.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    await client.close();
  });

  test("that gives only a state is asked again at once", async () => {
    const server = new ScriptedServer(
      asking([{ resultType: "input_required", requestState: "later" }]),
    );
    const client = await connect(server.transport, host);
    await client.callTool("t");
    expect(server.got("tools/call")[1]).toMatchObject({ requestState: "later" });
    expect(server.got("tools/call")[1]).not.toHaveProperty("inputResponses");
    await client.close();
  });

  test("that never stops asking is given up", async () => {
    const server = new ScriptedServer(
      modern({ "tools/call": () => ({ resultType: "input_required", requestState: "again" }) }),
    );
    const client = await connect(server.transport, host);
    await expect(client.callTool("t")).rejects.toThrow("32 times");
    await client.close();
  });

  test.each([
    ["asks nothing and has no state", { resultType: "input_required" }, "neither asks anything"],
    ["has a result type nobody knows", { resultType: "weird" }, '"weird"'],
    ["asks in the wrong shape", { resultType: "input_required", inputRequests: 3 }, "invalid"],
  ])("that %s is in error", async (_name, reply, message) => {
    const server = new ScriptedServer(asking([reply]));
    const client = await connect(server.transport, host);
    await expect(client.callTool("t")).rejects.toThrow(message);
    await client.close();
  });

  test("is asked no further question, nor is its user, once the caller gave up", async () => {
    const question = { method: "elicitation/create", params: form };
    const server = new ScriptedServer(
      asking([
        { resultType: "input_required", inputRequests: { a: question, b: question, c: question } },
      ]),
    );
    const control = new AbortController();
    const onElicit = vi.fn(() => {
      control.abort(new Error("gone home"));
      return { action: "cancel" as const };
    });
    const client = await connect(server.transport, { ...host, onElicit });
    const { signal } = control;
    await expect(client.callTool("t", {}, { signal })).rejects.toThrow("gone home");
    expect(onElicit).toHaveBeenCalledOnce();
    expect(server.got("tools/call")).toHaveLength(1);
    await client.close();
  });

  test("that asks where it may not is in error", async () => {
    const server = new ScriptedServer(
      modern({ "tools/list": () => ({ resultType: "input_required", requestState: "s" }) }),
    );
    const client = await connect(server.transport, host);
    await expect(client.listTools()).rejects.toThrow("which it may not have");
    await client.close();
  });

  test("that leaves the result type out means complete", async () => {
    const server = new ScriptedServer(modern({ "tools/call": () => ({ content: [] }) }));
    const client = await connect(server.transport, host);
    expect(await client.callTool("t")).toEqual({ content: [] });
    await client.close();
  });

  test("that sends a request of its own gets no answer at all", async () => {
    const server = new ScriptedServer(modern({ "tools/call": () => ({ content: [] }) }));
    const client = await connect(server.transport, { ...host, roots: [] });
    server.send({ jsonrpc: "2.0", id: 5, method: "roots/list" });
    server.send({ jsonrpc: "2.0", id: 6, method: "ping" });
    await client.callTool("t");
    expect(server.seen.filter(({ method }) => method === undefined)).toEqual([]);
    await client.close();
  });

  test("is told nothing when a handler has a bug; its own host is", async () => {
    const server = new ScriptedServer(
      asking([{ resultType: "input_required", inputRequests: { a: { method: "roots/list" } } }]),
    );
    const roots = () => {
      throw new Error("disk on fire");
    };
    const client = await connect(server.transport, { ...host, roots });
    await expect(client.callTool("t")).rejects.toThrow("disk on fire");
    expect(server.got("tools/call")).toHaveLength(1);
    await client.close();
  });
});
