import { describe, expect, test } from "vitest";
import {
  confirm,
  defineServer,
  elicit,
  type JsonObject,
  memoryPair,
  s,
  serve,
  tool,
} from "../../src/index.ts";
import { open, share, ways, waysSince, wireTo } from "./open.ts";
import { type Carrier, initialize, meta, RawClient } from "./raw-client.ts";

describe.each(waysSince("2025-06-18"))("asking on $revision over $carrier", (way) => {
  let action: "accept" | "decline" | "cancel";
  const shared = share(way, { onElicit: () => ({ action }) });

  test.each(["accept", "decline", "cancel"] as const)("takes %s", async (wanted) => {
    action = wanted;
    const { client } = shared;
    expect((await client.callTool("sure")).content).toMatchObject([{ text: action }]);
    const { messages } = await client.getPrompt("curious");
    expect(messages[0]?.content).toEqual({ type: "text", text: `The user says ${action}.` });
  });
});

describe.each(waysSince("2025-11-25"))("a page on $revision over $carrier", (way) => {
  test("is visited, and announced as visited where the revision can", async () => {
    let finished: Promise<void> | undefined;
    const urls: string[] = [];
    await using client = await open(way, {
      onElicit: {
        url: ({ url }, { done }) => {
          urls.push(url);
          finished = done;
          return { action: "accept" };
        },
      },
    });
    expect((await client.callTool("visit")).content).toMatchObject([{ text: "accept" }]);
    expect(urls).toEqual(["https://example.org/"]);
    if (way.revision === "2025-11-25") await expect(finished).resolves.toBeUndefined();
  });

  test("that a tool demands is visited before it is called again", async () => {
    const messages: string[] = [];
    await using client = await open(way, {
      timeoutMs: 5_000,
      onElicit: {
        url: ({ message }) => {
          messages.push(message);
          return { action: "decline" };
        },
      },
    });
    const call = client.callTool("demand");
    if (way.revision === "2025-11-25") {
      await expect(call).rejects.toMatchObject({
        code: -32042,
        data: {
          elicitations: [
            {
              mode: "url",
              elicitationId: "v2",
              url: "https://example.org/in",
              message: "Sign in",
            },
          ],
        },
      });
    } else {
      expect((await call).content).toMatchObject([{ text: "welcome" }]);
    }
    expect(messages).toEqual(["Sign in"]);
  });
});

describe.each(ways)("a client of $revision that cannot be asked, over $carrier", (way) => {
  const shared = share(way);

  test.each(["sure", "demand"])("is told so by %s", async (name) => {
    const { client } = shared;
    const call = client.callTool(name);
    if (way.revision >= "2026-07-28") {
      await expect(call).rejects.toMatchObject({
        code: -32021,
        data: { requiredCapabilities: { elicitation: {} } },
      });
    } else {
      const { isError, content } = await call;
      expect(isError).toBe(true);
      expect(content).toMatchObject([{ text: expect.stringContaining("supports elicitation") }]);
    }
  });
});

describe.each(["memory", "stdio"] as const)("requestState over %s", (carrier: Carrier) => {
  const forms = { elicitation: { form: {} } };
  const call = (client: RawClient, more: JsonObject, name = "sure") =>
    client.request("tools/call", { name, ...more, _meta: meta(forms) });
  const accepted = { sure: { action: "accept", content: {} } };

  async function ask(client: RawClient): Promise<string> {
    const { result } = await call(client, {});
    expect(result).toMatchObject({
      resultType: "input_required",
      inputRequests: { sure: { method: "elicitation/create", params: { mode: "form" } } },
    });
    return result?.requestState as string;
  }

  test("brings the call to its end, and unknown answers are ignored", async () => {
    await using client = new RawClient(wireTo(carrier));
    const requestState = await ask(client);
    const inputResponses = { ...accepted, other: { action: "decline" } };
    const { result } = await call(client, { requestState, inputResponses });
    expect(result).toMatchObject({ resultType: "complete", content: [{ text: "accept" }] });
  });

  test("without its answer, or with none at all, is asked again", async () => {
    await using client = new RawClient(wireTo(carrier));
    const requestState = await ask(client);
    const attempts: JsonObject[] = [{ requestState }, { requestState, inputResponses: {} }];
    for (const more of attempts) {
      expect((await call(client, more)).result).toMatchObject({ resultType: "input_required" });
    }
  });

  test("that was changed, cut or made up is refused", async () => {
    await using client = new RawClient(wireTo(carrier));
    const state = await ask(client);
    const flipped = state.startsWith("A") ? `B${state.slice(1)}` : `A${state.slice(1)}`;
    for (const requestState of [flipped, state.slice(0, -4), "", "x".repeat(64), "{}"]) {
      const { error } = await call(client, { requestState, inputResponses: accepted });
      expect(error?.code).toBe(-32602);
    }
  });

  test("of another call is refused", async () => {
    await using client = new RawClient(wireTo(carrier));
    const requestState = await ask(client);
    const more = { requestState, inputResponses: accepted };
    expect((await call(client, more, "visit")).error?.code).toBe(-32602);
    expect((await call(client, { ...more, arguments: { a: 1 } })).error?.code).toBe(-32602);
    const prompt = await client.request("prompts/get", {
      name: "curious",
      ...more,
      _meta: meta(forms),
    });
    expect(prompt.error?.code).toBe(-32602);
  });

  test("with an answer of the wrong shape is refused", async () => {
    await using client = new RawClient(wireTo(carrier));
    const requestState = await ask(client);
    for (const sure of [{ action: "maybe" }, { action: "accept", content: "yes" }, 5, null]) {
      const inputResponses = { sure } as JsonObject;
      const { error } = await call(client, { requestState, inputResponses });
      expect(error?.code).toBe(-32602);
    }
  });
});

test("a question a legacy client refuses takes the other questions back", async () => {
  const both = tool({
    name: "both",
    description: "Asks twice at once.",
    async run(_, ctx) {
      await Promise.all([ctx.ask("a", confirm("A?")), ctx.ask("b", confirm("B?"))]);
      return "done";
    },
  });
  const [ours, theirs] = memoryPair();
  serve(defineServer({ name: "asking", version: "1.0.0", tools: [both] }), theirs);
  await using client = new RawClient(ours);
  await initialize(client, "2025-11-25", { elicitation: {} });
  const call = client.begin("tools/call", { name: "both" });
  const asked = () => client.take(({ method }) => method === "elicitation/create");
  const [first, second] = [await asked(), await asked()];
  client.send({ jsonrpc: "2.0", id: first.id, error: { code: -1, message: "No." } });
  expect(await client.notified("notifications/cancelled")).toMatchObject({ requestId: second.id });
  const { error } = await client.response(call);
  expect(error).toMatchObject({ message: "The client refused to answer: No." });
});

test("a choice of several is refused where the revision cannot ask it", async () => {
  const choose = tool({
    name: "choose",
    description: "Asks for several.",
    async run(_, ctx) {
      const colours = s.array(s.enum(["red", "blue"]));
      return (await ctx.ask("colours", elicit("Which?", s.object({ colours })))).action;
    },
  });
  const [ours, theirs] = memoryPair();
  serve(defineServer({ name: "asking", version: "1.0.0", tools: [choose] }), theirs);
  await using client = new RawClient(ours);
  await initialize(client, "2025-06-18", { elicitation: {} });
  const { result } = await client.request("tools/call", { name: "choose" });
  expect(result).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining("2025-11-25 or newer") }],
  });
  expect(client.received).toEqual([]);
});
