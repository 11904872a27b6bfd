import { type Client, connect, httpClient, isModern, REVISIONS } from "@portico/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Listening, start } from "../test/peers/listening.ts";
import { textOf } from "../test/suites/content.ts";

/**
 * The command of a server in another language, as JSON; `interop/python/run` and `interop/go/run` give theirs. Its
 * last argument is how it serves: `sse`, `http` with sessions, or `stateless`.
 */
const [command = "", ...args]: string[] = JSON.parse(process.env.PORTICO_FOREIGN_SERVER ?? "[]");

const settings = [
  ...REVISIONS.map((revision) => ({ way: isModern(revision) ? "stateless" : "http", revision })),
  { way: "sse", revision: "2024-11-05" },
  { way: "sse", revision: "2025-11-25" },
] as const;

// Only interop/python/run and interop/go/run install these servers, and name the command.
describe.skipIf(command === "")("a server in another language", () => {
  test("is found out by itself", async () => {
    const server = await start(command, [...args, "stateless"]);
    const client = await open(server, {});
    expect(client.server.revision).toBe("2026-07-28");
    expect(client.server.instructions).toBe("Try each tool once.");
    await client.close();
    await server.stop();
  });

  describe.each(settings)("over $way on $revision", ({ way, revision }) => {
    let server: Listening;
    let client: Client;
    const call = async (name: string, given: object = {}) =>
      textOf(await client.callTool(name, given));

    beforeAll(async () => {
      server = await start(command, [...args, way]);
      client = await open(server, { revision });
    });
    afterAll(async () => {
      await client.close();
      await server.stop();
    });

    test("lists and calls tools, and tells errors from answers", async () => {
      expect((await client.listTools()).map(({ name }) => name)).toContain("add");
      expect(await call("add", { a: 19, b: 23 })).toBe("42");
      const failed = await client.callTool("fail");
      expect([failed.isError, textOf(failed)]).toEqual([
        true,
        expect.stringContaining("try add instead"),
      ]);
    });

    test("hears progress before the answer", async () => {
      const heard: number[] = [];
      const onProgress = ({ progress }: { progress: number }) => void heard.push(progress);
      expect(textOf(await client.callTool("work", {}, { onProgress }))).toBe("done");
      expect(heard).toEqual([1, 2, 3]);
    });

    test("ends a call in the server, which goes on serving", async () => {
      const control = new AbortController();
      const onProgress = () => control.abort(new Error("enough"));
      const hanging = client.callTool("hang", {}, { signal: control.signal, onProgress });
      await expect(hanging).rejects.toThrow("enough");
      await expect.poll(() => call("cancelled"), { timeout: 10_000 }).toBe("1");
    });

    test("reads resources, prompts and completions", async () => {
      const [note] = await client.listResources();
      expect(note).toMatchObject({ uri: "note://current" });
      expect((await client.readResource("note://current")).contents).toMatchObject([
        { text: expect.stringMatching(/^touched \d times$/) },
      ]);
      expect(await client.listResourceTemplates()).toMatchObject([{ uriTemplate: "item://{id}" }]);
      expect((await client.readResource("item://7")).contents).toMatchObject([{ text: "item 7" }]);
      const { messages } = await client.getPrompt("greet", { name: "Ada" });
      expect(messages).toMatchObject([{ content: { text: "Please greet Ada." } }]);
      const ref = { type: "ref/prompt", name: "greet" } as const;
      const { completion } = await client.complete({ ref, argument: { name: "name", value: "A" } });
      expect(completion.values).toEqual(["Ada", "Alan"]);
    });

    test("answers for its user, its model and its folders", async () => {
      if (revision >= "2025-06-18") expect(await call("ask")).toBe("Hello Ada");
      expect(await call("think")).toBe("42, said the model");
      expect(await call("roots")).toBe("file:///project");
    });

    test("hears that the list of tools has changed, from a server that promises to tell", async () => {
      const changes = await client.subscribe({ tools: true });
      const promised = client.server.capabilities?.tools?.listChanged === true;
      expect(changes.granted).toEqual(promised ? { tools: true } : {});
      if (!promised) return;
      await call("touch");
      expect(await changes.next()).toMatchObject({ value: { kind: "list", list: "tools" } });
      changes.close();
    });

    test.runIf(isModern(revision))("hears of a resource it listens to", async () => {
      const changes = await client.subscribe({ uris: ["note://current"] });
      await call("touch");
      expect(await changes.next()).toMatchObject({ value: { uri: "note://current" } });
      changes.close();
    });
  });
});

function open(server: Listening, options: { revision?: (typeof REVISIONS)[number] }) {
  return connect(httpClient(server.url), {
    clientInfo: { name: "portico-interop", version: "1.0.0" },
    ...options,
    onElicit: () => ({ action: "accept", content: { name: "Ada" } }),
    onSample: () => ({
      role: "assistant",
      model: "test-model",
      content: { type: "text", text: "42, said the model" },
    }),
    roots: [{ uri: "file:///project" }],
  });
}
