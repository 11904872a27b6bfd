import { type CreateMessageResult, elicit, jsonSchema, s, sample, tool } from "@portico/core";

/** A question for the client's model. */
export function askModel(text: string, maxTokens = 100) {
  return sample({ messages: [{ role: "user", content: { type: "text", text } }], maxTokens });
}

/** The text of a model's message. */
export function messageText({ content }: CreateMessageResult): string {
  const block = Array.isArray(content) ? content[0] : content;
  return block?.type === "text" ? block.text : "";
}

const DEFAULTS = s.object({
  name: s.optional(s.string({ description: "A name.", default: "John Doe" })),
  age: s.optional(s.integer({ description: "An age in years.", default: 30 })),
  score: s.optional(s.number({ description: "A score.", default: 95.5 })),
  status: s.optional(
    s.enum(["active", "inactive", "pending"], { description: "A status.", default: "active" }),
  ),
  verified: s.optional(s.boolean({ description: "Whether it is verified.", default: true })),
});

const CHOICES = ["option1", "option2", "option3"];
const TITLED = [
  { const: "value1", title: "First Option" },
  { const: "value2", title: "Second Option" },
  { const: "value3", title: "Third Option" },
];

const ENUMS = jsonSchema<Record<string, unknown>>({
  type: "object",
  properties: {
    untitledSingle: { type: "string", enum: CHOICES },
    titledSingle: { type: "string", oneOf: TITLED },
    legacyEnum: {
      type: "string",
      enum: ["opt1", "opt2", "opt3"],
      enumNames: ["Option One", "Option Two", "Option Three"],
    },
    untitledMulti: { type: "array", items: { type: "string", enum: CHOICES } },
    titledMulti: { type: "array", items: { anyOf: TITLED } },
  },
});

/** Tools that ask the client's model or its user, in either era. */
export const askingTools = [
  tool({
    name: "test_sampling",
    description: "Asks the client's model.",
    input: s.object({ prompt: s.string({ description: "What to ask." }) }),
    run: async ({ prompt }, ctx) =>
      `LLM response: ${messageText(await ctx.ask("answer", askModel(prompt)))}`,
  }),
  tool({
    name: "test_elicitation",
    description: "Asks the user to fill in a form.",
    input: s.object({ message: s.string({ description: "What to ask." }) }),
    async run({ message }, ctx) {
      const form = s.object({
        username: s.string({ description: "The user's name." }),
        email: s.string({ description: "The user's address." }),
      });
      const answer = await ctx.ask("user", elicit(message, form));
      return `User response: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`;
    },
  }),
  tool({
    name: "test_elicitation_sep1034_defaults",
    description: "Asks the user to fill in a form with a default for each kind of field.",
    run: async (_args, ctx) => completed(await ctx.ask("form", elicit("Please review.", DEFAULTS))),
  }),
  tool({
    name: "test_elicitation_sep1330_enums",
    description: "Asks the user to fill in a form with each kind of choice.",
    run: async (_args, ctx) => completed(await ctx.ask("form", elicit("Please choose.", ENUMS))),
  }),
];

function completed({ action, content = {} }: { action: string; content?: unknown }): string {
  return `Elicitation completed: action=${action}, content=${JSON.stringify(content)}`;
}
