import { elicit, listRoots, prompt, s, sample, tool } from "@portico/core";

const name = elicit("What is your name?", s.object({ name: s.string() }));
const capital = sample({
  messages: [{ role: "user", content: { type: "text", text: "What is the capital of France?" } }],
  maxTokens: 100,
});
const agreement = elicit("Please confirm.", s.object({ ok: s.boolean() }));

/** Tools of the multi round-trip scenarios: the questions' keys are the scenarios' own. */
export const inputRequiredTools = [
  tool({
    name: "test_input_required_result_elicitation",
    description: "Greets the user by name.",
    run: async (_, ctx) => {
      const { content } = await ctx.ask("user_name", name);
      return `Hello, ${content?.name ?? "stranger"}!`;
    },
  }),
  tool({
    name: "test_input_required_result_sampling",
    description: "Asks the client's model for a capital.",
    run: async (_, ctx) => JSON.stringify(await ctx.ask("capital_question", capital)),
  }),
  tool({
    name: "test_input_required_result_list_roots",
    description: "Asks for the client's roots.",
    run: async (_, ctx) => JSON.stringify(await ctx.ask("client_roots", listRoots())),
  }),
  tool({
    name: "test_input_required_result_request_state",
    description: "Keeps a state in the client's hands.",
    async run(_, ctx) {
      const started = await ctx.once("started", () => "state-ok");
      const { action } = await ctx.ask("confirm", agreement);
      return `${action}: ${started}`;
    },
  }),
  tool({
    name: "test_input_required_result_tampered_state",
    description: "Refuses a state that is not its own.",
    run: async (_, ctx) => (await ctx.ask("confirm", agreement)).action,
  }),
  tool({
    name: "test_input_required_result_multiple_inputs",
    description: "Asks three things at once.",
    async run(_, ctx) {
      const greeting = sample({
        messages: [{ role: "user", content: { type: "text", text: "Greet somebody." } }],
        maxTokens: 100,
      });
      const answers = await Promise.all([
        ctx.ask("user_name", name),
        ctx.ask("greeting", greeting),
        ctx.ask("client_roots", listRoots()),
      ]);
      return JSON.stringify(answers);
    },
  }),
  tool({
    name: "test_input_required_result_multi_round",
    description: "Asks twice, one after the other.",
    async run(_, ctx) {
      const first = await ctx.ask("step1", name);
      const second = await ctx.ask(
        "step2",
        elicit("Which colour?", s.object({ color: s.string() })),
      );
      return JSON.stringify([first.content, second.content]);
    },
  }),
  tool({
    name: "test_input_required_result_capabilities",
    description: "Asks only for what the client can give.",
    async run(_, ctx) {
      const asked = [];
      if (ctx.can(capital)) asked.push(ctx.ask("capital_question", capital));
      if (ctx.can(name)) asked.push(ctx.ask("user_name", name));
      return JSON.stringify(await Promise.all(asked));
    },
  }),
];

/** A prompt that asks before it can be used. */
export const inputRequiredPrompt = prompt({
  name: "test_input_required_result_prompt",
  description: "Asks what it is about.",
  async run(_, ctx) {
    const form = s.object({ context: s.string() });
    const { content } = await ctx.ask("user_context", elicit("What is this about?", form));
    return `This is about: ${content?.context ?? "nothing"}`;
  },
});
