import { expect, test } from "vitest";
import type { Visit } from "./everything.ts";

/** Prompts, and the completion of their arguments. */
export function testPrompts(visit: Visit): void {
  const { revision } = visit;
  const ref = { type: "ref/prompt", name: "travel" } as const;

  test("prompts are listed with their arguments", async () => {
    const prompts = await visit.peer.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(["travel", "illustrated", "personal"]);
    expect(prompts[0]?.arguments).toMatchObject([
      { name: "country", required: true },
      { name: "city", description: "Where in that country" },
      { name: "page" },
    ]);
    expect(prompts[0]?.title).toBe(revision >= "2025-06-18" ? "Plan a trip" : undefined);
  });

  test("a prompt is filled in", async () => {
    const { description, messages } = await visit.peer.getPrompt("travel", {
      country: "Italy",
      city: "Rome",
    });
    expect(description).toBe("Plan a trip to a city.");
    expect(messages).toEqual([
      { role: "user", content: { type: "text", text: "Plan a trip to Rome of Italy." } },
    ]);
  });

  test("messages carry every type of content the revision has", async () => {
    const { messages } = await visit.peer.getPrompt("illustrated");
    expect(messages.map(({ content }) => content.type)).toEqual([
      "text",
      "image",
      revision >= "2025-03-26" ? "audio" : "text",
      "resource",
      revision >= "2025-06-18" ? "resource_link" : "text",
      "text",
    ]);
    expect(messages.at(-1)?.role).toBe("assistant");
  });

  test("a missing argument and an unknown prompt are refused", async () => {
    const code = -32602;
    await expect(visit.peer.getPrompt("travel")).rejects.toMatchObject({ code });
    await expect(visit.peer.getPrompt("no_such_prompt")).rejects.toMatchObject({ code });
  });

  test("arguments complete, at most 100 at once", async () => {
    const country = await visit.peer.complete({ ref, argument: { name: "country", value: "it" } });
    expect(country.completion).toMatchObject({ values: ["Italy"], total: 1, hasMore: false });
    const page = await visit.peer.complete({ ref, argument: { name: "page", value: "" } });
    expect(page.completion).toMatchObject({ total: 150, hasMore: true });
    expect(page.completion.values).toHaveLength(100);
  });

  test.runIf(revision >= "2025-06-18")("completion knows the arguments given so far", async () => {
    const { completion } = await visit.peer.complete({
      ref,
      argument: { name: "city", value: "" },
      context: { arguments: { country: "France" } },
    });
    expect(completion.values).toEqual(["Paris", "Lyon"]);
  });

  test.runIf(revision >= "2025-06-18")("a prompt may ask the user", async () => {
    visit.answer = () => ({ action: "accept", content: { name: "Ann" } });
    const { messages } = await visit.peer.getPrompt("personal");
    expect(messages[0]?.content).toEqual({ type: "text", text: "Hello Ann" });
  });
}
