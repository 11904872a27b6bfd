import { fileURLToPath } from "node:url";
import { type Client, connect } from "@portico/core";
import { stdioClient } from "@portico/core/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const server = fileURLToPath(new URL("fixtures/sdk-v2-asking-server.ts", import.meta.url));

describe.each(["modern", "legacy"] as const)("with an SDK v2 server in the %s era", (era) => {
  const pages: string[] = [];
  let client: Client;
  beforeAll(async () => {
    client = await connect(() => stdioClient({ command: process.execPath, args: [server] }), {
      clientInfo: { name: "portico-interop", version: "1.0.0" },
      era,
      onSample: () => ({
        role: "assistant",
        model: "test-model",
        content: { type: "text", text: "hm" },
      }),
      onElicit: {
        url: ({ url }) => {
          pages.push(url);
          return { action: "accept" };
        },
      },
    });
  });
  afterAll(() => client.close());

  test("our model answers the server", async () => {
    expect((await client.callTool("think")).content).toEqual([
      { type: "text", text: "test-model" },
    ]);
  });

  test("our user is sent to a page", async () => {
    expect((await client.callTool("sign_in")).content).toEqual([{ type: "text", text: "accept" }]);
    expect(pages).toEqual(["https://example.com/in"]);
  });

  test("templates are listed, read and completed", async () => {
    expect(await client.listResourceTemplates()).toMatchObject([{ uriTemplate: "item://{id}" }]);
    expect(await client.listResources()).toMatchObject([{ uri: "item://a" }]);
    expect((await client.readResource("item://x")).contents).toMatchObject([{ text: "item x" }]);
    const ref = { type: "ref/resource", uri: "item://{id}" } as const;
    const { completion } = await client.complete({ ref, argument: { name: "id", value: "a" } });
    expect(completion.values).toEqual(["a", "ab"]);
  });

  test("a prompt's argument completes", async () => {
    const ref = { type: "ref/prompt", name: "review" } as const;
    const argument = { name: "language", value: "p" };
    const { completion } = await client.complete({ ref, argument });
    expect(completion.values).toEqual(["python", "perl"]);
  });

  test("changes of a resource arrive", async () => {
    const changes = await client.subscribe({ uris: ["item://a"] });
    expect(changes.granted).toEqual({ uris: ["item://a"] });
    await client.callTool("touch");
    expect((await changes.next()).value).toEqual({ kind: "resource", uri: "item://a" });
    changes.close();
  });
});
