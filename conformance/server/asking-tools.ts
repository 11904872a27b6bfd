import { elicit, jsonSchema, s, sample, tool } from "@portico/core";

const say = (action: string, content: unknown) =>
  `Elicitation completed: action=${action}, content=${JSON.stringify(content ?? {})}`;

/** Tools that need an answer of the client before they can give theirs. */
export const askingTools = [
  tool({
    name: "test_sampling",
    description: "Asks the client's model.",
    input: s.object({ prompt: s.string({ description: "What to ask" }) }),
    async run({ prompt }, ctx) {
      const { content } = await ctx.ask("answer", question(prompt));
      const [first] = Array.isArray(content) ? content : [content];
      return `LLM response: ${first?.type === "text" ? first.text : ""}`;
    },
  }),
  tool({
    name: "test_missing_capability",
    description: "Cannot do without the client's model.",
    async run(_, ctx) {
      await ctx.ask("answer", question("Are you there?"));
      return "It was there.";
    },
  }),
  tool({
    name: "test_elicitation",
    description: "Asks the user for a name and an address.",
    input: s.object({ message: s.string({ description: "What to say to the user" }) }),
    async run({ message }, ctx) {
      const form = s.object({
        username: s.string({ description: "User's name" }),
        email: s.string({ description: "User's e-mail address" }),
      });
      const { action, content } = await ctx.ask("user", elicit(message, form));
      return `User response: action=${action}, content=${JSON.stringify(content ?? {})}`;
    },
  }),
  tool({
    name: "test_elicitation_sep1034_defaults",
    description: "Shows a form with a default for each kind of field.",
    async run(_, ctx) {
      const form = s.object({
        name: s.string({ default: "John Doe" }),
        age: s.integer({ default: 30 }),
        score: s.number({ default: 95.5 }),
        status: s.enum(["active", "inactive", "pending"], { default: "active" }),
        verified: s.boolean({ default: true }),
      });
      const { action, content } = await ctx.ask("form", elicit("Please look this over.", form));
      return say(action, content);
    },
  }),
  tool({
    name: "test_elicitation_sep1330_enums",
    description: "Shows a form with a choice of each kind.",
    async run(_, ctx) {
      const { action, content } = await ctx.ask("form", elicit("Please choose.", choices));
      return say(action, content);
    },
  }),
];

const titled = [
  { const: "value1", title: "First option" },
  { const: "value2", title: "Second option" },
  { const: "value3", title: "Third option" },
];

const choices = jsonSchema<object>({
  type: "object",
  properties: {
    untitledSingle: { type: "string", enum: ["option1", "option2", "option3"] },
    titledSingle: { type: "string", oneOf: titled },
    legacyEnum: {
      type: "string",
      enum: ["opt1", "opt2", "opt3"],
      enumNames: ["Option one", "Option two", "Option three"],
    },
    untitledMulti: {
      type: "array",
      items: { type: "string", enum: ["option1", "option2", "option3"] },
    },
    titledMulti: { type: "array", items: { anyOf: titled } },
  },
});

function question(prompt: string) {
  return sample({
    messages: [{ role: "user", content: { type: "text", text: prompt } }],
    maxTokens: 100,
  });
}
