import { trace as api, context, propagation, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeTasks, tasks } from "../extensions/tasks/index.ts";
import {
  type Call,
  type Client,
  defineServer,
  type Middleware,
  RpcError,
  resource,
  ToolError,
  tool,
} from "../index.ts";
import { connect } from "../testing/index.ts";
import { trace } from "./trace.ts";

const PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

const server = defineServer({
  name: "test",
  version: "1.0.0",
  tools: [
    tool({ name: "echo", description: "Echoes.", run: () => "x" }),
    tool({
      name: "fail",
      description: "Fails.",
      run: () => {
        throw new ToolError("No.");
      },
    }),
    tool({
      name: "refuse",
      description: "Refuses.",
      run: () => {
        throw new RpcError(7, "Not\nyou.");
      },
    }),
    tool({
      name: "outer",
      description: "Calls echo.",
      run: async (_, ctx) => {
        await ctx.call("echo");
        return "done";
      },
    }),
    tool({
      name: "active",
      description: "Says what span is active.",
      run: () => api.getActiveSpan()?.spanContext().spanId ?? "none",
    }),
  ],
  resources: [resource({ name: "one", uri: "x://one?token=hunter2", read: () => "text" })],
});

/** The calls a middleware further in was given. */
function spy() {
  const calls: Call[] = [];
  const middleware: Middleware = (call, next) => {
    calls.push(call);
    return next(call);
  };
  return { calls, middleware };
}

async function withClient(use: (client: Client) => Promise<unknown>, inner: Middleware[] = []) {
  const client = await connect(server, { middleware: [trace(), ...inner] });
  await use(client).catch(() => {});
  await client.close();
}

const callWithTrace = (client: Client, name: string) =>
  client.request("tools/call", { name, _meta: { traceparent: PARENT } } as never);

describe("with an SDK", () => {
  const exporter = new InMemorySpanExporter();
  const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
  const spanOf = (tool: string) =>
    spans().find(({ attributes }) => attributes["gen_ai.tool.name"] === tool) as ReadableSpan;

  beforeEach(() => {
    exporter.reset();
    api.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
    );
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  afterEach(() => {
    api.disable();
    propagation.disable();
    context.disable();
  });

  test("the run of a task is a span of its own under that of its request", async () => {
    const long = tool({
      name: "long",
      description: "Fails in the end.",
      task: "required",
      async run(_, ctx) {
        await ctx.call("echo");
        throw new ToolError("No.");
      },
    });
    const echo = tool({ name: "echo", description: "Echoes.", run: () => "x" });
    const extensions = [tasks({ pollIntervalMs: 10 })];
    const server = defineServer({
      name: "test",
      version: "1.0.0",
      tools: [long, echo],
      extensions,
    });
    await using client = await connect(server, {
      middleware: [trace()],
      extensions: [takeTasks()],
    });
    expect((await client.callTool("long")).isError).toBe(true);
    const spans = () => exporter.getFinishedSpans().filter(({ name }) => name.endsWith(" long"));
    await expect.poll(spans).toHaveLength(2);
    const [request, run] = spans();
    expect(request?.status.code).toBe(SpanStatusCode.UNSET);
    expect(run?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(run?.attributes["error.type"]).toBe("tool_error");
    expect(spanOf("echo").parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
  });

  test("a call is a server span with the attributes of the conventions", async () => {
    await withClient((client) => client.callTool("echo"));
    const span = spanOf("echo");
    expect(span.name).toBe("tools/call echo");
    expect(span.kind).toBe(SpanKind.SERVER);
    expect(span.attributes).toEqual({
      "mcp.method.name": "tools/call",
      "mcp.protocol.version": "2026-07-28",
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "echo",
      "jsonrpc.request.id": expect.any(String),
    });
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
  });

  test("its parent is the trace of the request, and what surrounds it is linked", async () => {
    const around = api.getTracer("test").startSpan("POST /mcp");
    const inAround: Middleware = (call, next) =>
      context.with(api.setSpan(context.active(), around), () => next(call));
    const client = await connect(server, { middleware: [inAround, trace()] });
    await callWithTrace(client, "echo");
    await client.close();
    const span = spanOf("echo");
    expect(span.spanContext().traceId).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
    expect(span.parentSpanContext?.spanId).toBe("00f067aa0ba902b7");
    expect(span.links.map((link) => link.context.spanId)).toEqual([around.spanContext().spanId]);
  });

  test("without a trace in the request it belongs to what surrounds it, unlinked", async () => {
    const around = api.getTracer("test").startSpan("POST /mcp");
    const inAround: Middleware = (call, next) =>
      context.with(api.setSpan(context.active(), around), () => next(call));
    const client = await connect(server, { middleware: [inAround, trace()] });
    await client.callTool("echo");
    await client.close();
    expect(spanOf("echo").parentSpanContext?.spanId).toBe(around.spanContext().spanId);
    expect(spanOf("echo").links).toEqual([]);
  });

  test("the handler runs inside of it, and the call further in names it", async () => {
    const { calls, middleware } = spy();
    let active: unknown;
    await withClient(
      async (client) => {
        active = (await client.callTool("active")).content[0];
      },
      [middleware],
    );
    const { spanId, traceId } = spanOf("active").spanContext();
    expect(active).toEqual({ type: "text", text: spanId });
    const call = calls.at(-1) as Call;
    expect(call.trace?.traceparent).toBe(`00-${traceId}-${spanId}-01`);
    expect(call.signal.aborted).toBe(false);
  });

  test.each([true, false])(
    "calls inside of a call are its children (context manager: %s)",
    async (manager) => {
      if (!manager) context.disable();
      await withClient((client) => callWithTrace(client, "outer"));
      const [inner, outer] = [spanOf("echo"), spanOf("outer")];
      expect(inner.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
      expect(inner.spanContext().traceId).toBe(outer.spanContext().traceId);
    },
  );

  test("a tool's failure and an error are told apart", async () => {
    await withClient((client) => client.callTool("fail"));
    await withClient((client) => client.callTool("refuse"));
    expect(spanOf("fail").attributes["error.type"]).toBe("tool_error");
    expect(spanOf("fail").status.code).toBe(SpanStatusCode.ERROR);
    expect(spanOf("refuse").attributes).toMatchObject({
      "error.type": "7",
      "rpc.response.status_code": "7",
    });
    expect(spanOf("refuse").status).toEqual({
      code: SpanStatusCode.ERROR,
      message: "Not\\u{a}you.",
    });
  });

  test("a span also ends where a step further in throws", async () => {
    const bug: Middleware = () => Promise.reject(new Error("bug"));
    const call = {
      method: "tools/call",
      params: { name: "echo" },
      signal: new AbortController().signal,
    };
    await expect(
      trace()(call as never, () => bug(call as never, undefined as never)),
    ).rejects.toThrow("bug");
    expect(spanOf("echo").attributes["error.type"]).toBe("-32603");
  });

  test("names that callers make up are no names of spans, and secrets in URIs are left out", async () => {
    await withClient(async (client) => {
      await client.listTools();
      await client.callTool("made-up\n").catch(() => {});
      await client.callTool("refuse").catch(() => {});
      await client.request("made/up" as never, {} as never).catch(() => {});
      await client.readResource("x://one?token=hunter2");
    });
    expect(spanOf("made-up\\u{a}").name).toBe("tools/call");
    expect(spanOf("refuse").name).toBe("tools/call refuse");
    expect(spans().map(({ name }) => name)).toContain("unknown method");
    const uris = spans()
      .map(({ attributes }) => attributes["mcp.resource.uri"])
      .filter(Boolean);
    expect(uris).toEqual(["x://one?token=***"]);
  });
});

test("without an SDK calls go through untouched, whatever trace they carry", async () => {
  const { calls, middleware } = spy();
  await withClient((client) => callWithTrace(client, "echo"), [middleware]);
  expect(calls.at(-1)?.trace).toEqual({ traceparent: PARENT });
});
