import { describe, expect, test } from "vitest";
import { share, ways } from "./open.ts";

describe.each(ways)("resources on $revision over $carrier", (way) => {
  const shared = share(way);
  const since = (wanted: string) => way.revision >= wanted;

  test("are listed over all pages: fixed ones and computed ones", async () => {
    const { client } = shared;
    const resources = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      "memo://one",
      "memo://picture",
      ...[0, 1, 2, 3, 4, 5].map((n) => `number://${n}`),
    ]);
    expect(resources[0]).toEqual({
      uri: "memo://one",
      name: "one",
      description: "The first memo.",
      mimeType: "text/plain",
      size: 5,
      annotations: { priority: 1 },
      ...(since("2025-06-18") && { title: "One" }),
      ...(since("2025-11-25") && { icons: [expect.anything()] }),
    });
  });

  test("list their templates", async () => {
    const { client } = shared;
    expect(await client.listResourceTemplates()).toEqual([
      { uriTemplate: "weather://{country}/{town}", name: "weather", mimeType: "text/plain" },
      { uriTemplate: "number://{n}", name: "number" },
    ]);
  });

  test("are read as text, as bytes, from a template and in parts", async () => {
    const { client } = shared;
    expect((await client.readResource("memo://one")).contents).toEqual([
      { uri: "memo://one", mimeType: "text/plain", text: "hello" },
    ]);
    expect((await client.readResource("memo://picture")).contents).toEqual([
      { uri: "memo://picture", mimeType: "image/png", blob: "/wAQ" },
    ]);
    expect((await client.readResource("weather://fr/Paris")).contents).toEqual([
      { uri: "weather://fr/Paris", mimeType: "text/plain", text: "Paris, fr: sun" },
    ]);
    expect((await client.readResource("number://7")).contents).toEqual([
      { uri: "number://7", text: "7" },
      { uri: "number://7/more", text: "more" },
    ]);
  });

  test.each(["memo://none", "weather://fr/Atlantis", "nonsense"])(
    "that do not exist have the revision's error: %s",
    async (uri) => {
      const { client } = shared;
      await expect(client.readResource(uri)).rejects.toMatchObject({
        code: since("2026-07-28") ? -32602 : -32002,
        data: { uri },
      });
    },
  );

  test("take no cursor but their own", async () => {
    const { client } = shared;
    for (const method of ["resources/list", "tools/list", "prompts/list"] as const) {
      for (const cursor of ["", "AAAA", "not base64!", "x".repeat(100_000)]) {
        await expect(client.request(method, { cursor })).rejects.toMatchObject({ code: -32602 });
      }
    }
    const { nextCursor } = await client.request("resources/list", {});
    const other = client.request("tools/list", { cursor: nextCursor as string });
    await expect(other).rejects.toMatchObject({ code: -32602 });
  });
});

describe.each(ways)("prompts on $revision over $carrier", (way) => {
  const shared = share(way);
  const since = (wanted: string) => way.revision >= wanted;

  test("are listed with their arguments", async () => {
    const { client } = shared;
    const [greet] = await client.listPrompts();
    expect(greet).toEqual({
      name: "greet",
      description: "Greets somebody.",
      arguments: [
        { name: "name", description: "Whom", required: true },
        { name: "tone", ...(since("2025-06-18") && { title: "Tone" }) },
      ],
      ...(since("2025-06-18") && { title: "Greet" }),
      ...(since("2025-11-25") && { icons: [expect.anything()] }),
    });
  });

  test("are filled in", async () => {
    const { client } = shared;
    const { messages, description } = await client.getPrompt("greet", { name: "Ada" });
    expect(description).toBe("Greets somebody.");
    expect(messages).toEqual([{ role: "user", content: { type: "text", text: "Greet Ada." } }]);
  });

  test("carry resources and media", async () => {
    const { client } = shared;
    const { messages } = await client.getPrompt("scene");
    expect(messages.map(({ content }) => content.type)).toEqual([
      "resource",
      "image",
      since("2025-03-26") ? "audio" : expect.any(String),
    ]);
  });

  test.each([
    ["an unknown prompt", "nothing", {}],
    ["a missing argument", "greet", {}],
    ["an unknown argument", "greet", { name: "Ada", mood: "good" }],
  ])("refuse %s", async (_, name, args) => {
    const { client } = shared;
    await expect(client.getPrompt(name, args)).rejects.toMatchObject({ code: -32602 });
  });
});

describe.each(ways)("completion on $revision over $carrier", (way) => {
  const shared = share(way);
  const prompt = (name: string) => ({ type: "ref/prompt" as const, name });
  const template = { type: "ref/resource" as const, uri: "weather://{country}/{town}" };

  test("suggests what begins or contains what was typed, best first", async () => {
    const { client } = shared;
    const argument = { name: "tone", value: "f" };
    const { completion } = await client.complete({ ref: prompt("greet"), argument });
    expect(completion).toEqual({
      values: ["friendly", "formal", "Frosty"],
      total: 3,
      hasMore: false,
    });
  });

  test("suggests 100 values at most and says there are more", async () => {
    const { client } = shared;
    const argument = { name: "anything", value: "" };
    const { completion } = await client.complete({ ref: prompt("scene"), argument });
    expect(completion.values).toHaveLength(100);
    expect(completion).toMatchObject({ total: 250, hasMore: true });
  });

  test("completes the variables of templates, knowing the others where they are sent", async () => {
    const { client } = shared;
    const argument = { name: "town", value: "P" };
    const { completion } = await client.complete({ ref: template, argument });
    expect(completion.values).toEqual(["Paris", "Potsdam", "Prague"]);
    const context = { arguments: { country: "it" } };
    const informed = await client.complete({ ref: template, argument, context });
    const values = way.revision >= "2025-06-18" ? ["Rome"] : ["Paris", "Potsdam", "Prague"];
    expect(informed.completion.values).toEqual(values);
  });

  test("suggests nothing for an argument without suggestions, and refuses unknown things", async () => {
    const { client } = shared;
    const argument = { name: "name", value: "A" };
    const none = await client.complete({ ref: prompt("greet"), argument });
    expect(none.completion.values).toEqual([]);
    for (const ref of [prompt("nothing"), { ...template, uri: "nothing://{x}" }]) {
      await expect(client.complete({ ref, argument })).rejects.toMatchObject({ code: -32602 });
    }
  });
});
