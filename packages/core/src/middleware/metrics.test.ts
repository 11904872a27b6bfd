import { Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import {
  confirm,
  defineServer,
  type HttpAnswer,
  type HttpHead,
  type Middleware,
  method,
  prompt,
  RpcError,
  s,
  ToolError,
  tool,
} from "../index.ts";
import { accept, connect } from "../testing/index.ts";
import { type MetricsOptions, metrics } from "./metrics.ts";

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
        throw new RpcError(4711, "No.");
      },
    }),
    tool({
      name: "ask",
      description: "Asks.",
      run: async (_, ctx) => (await ctx.ask("sure", confirm("Sure?"))).action,
    }),
  ],
  prompts: [prompt({ name: "greet", description: "Greets.", run: () => "Hello." })],
});

async function after(
  use: (client: Awaited<ReturnType<typeof connect>>) => Promise<unknown>,
  options?: MetricsOptions,
) {
  const counted = metrics(options);
  const client = await connect(server, {
    middleware: [counted.middleware],
    answers: { sure: accept() },
  });
  await use(client);
  await client.close();
  return counted;
}

const head = (target: string, verb = "GET"): HttpHead => ({
  method: verb,
  target,
  origin: "http://localhost",
  header: () => undefined,
});

async function page({ route }: { route: ReturnType<typeof metrics>["route"] }): Promise<string> {
  return ((await route(head("/metrics"))) as HttpAnswer).body ?? "";
}

test("calls are counted by method, name and status", async () => {
  const text = await page(
    await after(async (client) => {
      await client.listTools();
      await client.callTool("echo");
      await client.callTool("echo");
      await client.callTool("fail");
      await client.callTool("refuse").catch(() => {});
      await client.callTool("ask");
      await client.getPrompt("greet");
    }),
  );
  for (const line of [
    'mcp_server_calls_total{method="tools/list",name="",status="ok"} 1',
    'mcp_server_calls_total{method="tools/call",name="echo",status="ok"} 2',
    'mcp_server_calls_total{method="tools/call",name="fail",status="tool_error"} 1',
    'mcp_server_calls_total{method="tools/call",name="refuse",status="other"} 1',
    'mcp_server_calls_total{method="tools/call",name="ask",status="input_required"} 1',
    'mcp_server_calls_total{method="tools/call",name="ask",status="ok"} 1',
    'mcp_server_calls_total{method="prompts/get",name="greet",status="ok"} 1',
    'mcp_server_call_duration_seconds_count{method="tools/call",name="echo"} 2',
    "mcp_server_calls_in_flight 0",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});

test("a call is in flight while it runs, also when a step inside breaks", async () => {
  const counted = metrics();
  const seen: string[] = [];
  const look: Middleware = async () => {
    seen.push(await counted.registry.getSingleMetricAsString("mcp_server_calls_in_flight"));
    throw new Error("bug");
  };
  const call = { method: "tools/call", params: { name: "echo" }, signal: AbortSignal.abort() };
  const run = counted.middleware(call as never, () => look(call as never, undefined as never));
  await expect(run).rejects.toThrow("bug");
  expect(seen[0]).toContain("mcp_server_calls_in_flight 1");
  expect(await page(counted)).toContain("mcp_server_calls_in_flight 0");
});

describe("labels that callers make up", () => {
  test("all become one, for tools, prompts, methods and codes", async () => {
    const counted = await after(async (client) => {
      for (let at = 0; at < 300; at++) {
        await client.callTool(`made-up-${at}`).catch(() => {});
        await client.getPrompt(`made-up-${at}`).catch(() => {});
        await client.request(`made-up/${at}` as never, {} as never).catch(() => {});
      }
    });
    const text = await page(counted);
    expect(text).not.toContain("made-up");
    expect(text).toContain('{method="tools/call",name="other",status="-32602"} 300');
    expect(text).toContain('{method="prompts/get",name="other",status="-32602"} 300');
    expect(text).toContain('{method="other",name="",status="-32601"} 300');
  });

  test("stay bounded where a server answers to any name", async () => {
    const anything = defineServer({
      name: "test",
      version: "1.0.0",
      tools: [
        {
          list: async () =>
            Array.from({ length: 2_000 }, (_, at) =>
              tool({ name: `tool-${at}`, description: "One of many.", run: () => "x" }),
            ),
        },
      ],
    });
    const counted = metrics();
    const client = await connect(anything, { middleware: [counted.middleware] });
    await client.listTools();
    await client.callTool("tool-1");
    await client.callTool("tool-1999");
    await client.close();
    const text = await page(counted);
    expect(text).toContain('name="tool-1",');
    expect(text).not.toContain("tool-1999");
  });

  test("are known once a method of the server's own has answered", async () => {
    const own = method({
      method: "org.example/roll",
      params: s.object({}),
      result: s.object({ eyes: s.integer() }),
      run: () => ({ eyes: 4 }),
    });
    const counted = metrics();
    const client = await connect(defineServer({ name: "test", version: "1.0.0", methods: [own] }), {
      middleware: [counted.middleware],
    });
    await client.request("org.example/roll" as never, {} as never);
    await client.close();
    expect(await page(counted)).toContain('method="org.example/roll"');
  });
});

describe("the route", () => {
  test("answers its own path only, and reading only", async () => {
    const { route } = metrics();
    expect(await route(head("/"))).toBeUndefined();
    expect(await route(head("/metrics/x"))).toBeUndefined();
    expect(await route(head("/metrics", "POST"))).toMatchObject({ status: 405 });
    const answer = (await route(head("/metrics?name[]=x"))) as HttpAnswer;
    expect(answer.headers?.["content-type"]).toContain("text/plain; version=0.0.4");
  });

  test("reads what a transport counts when it is asked", async () => {
    const counts = { sessions: 1, bytesSent: 1024 };
    const counted = metrics();
    counted.watch(() => counts);
    expect(await page(counted)).toContain("mcp_server_sessions 1");
    counts.sessions = 7;
    expect(await page(counted)).toContain("mcp_server_sessions 7");
    const text = await page(counted);
    expect(text).toContain("mcp_server_sent_bytes_total 1024");
    expect(text).not.toContain("mcp_server_streams");
    expect(text).not.toContain("received");
    expect(() => counted.watch(() => counts)).toThrow("already been registered");
  });

  test("shares the registry of a process, where its names are taken only once", () => {
    const registry = new Registry();
    expect(metrics({ registry }).registry).toBe(registry);
    expect(() => metrics({ registry })).toThrow("already been registered");
  });
});
