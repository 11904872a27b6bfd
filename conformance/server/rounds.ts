import { elicit, listRoots, MissingClientCapability, s, tool } from "@portico/core";
import { askModel, messageText } from "./asking.ts";

const PREFIX = "test_input_required_result";
const NAME = s.object({ name: s.string() });
const OK = s.object({ ok: s.boolean() });

/** Tools that are answered with questions first: multi round-trip requests. */
export const roundTools = [
  tool({
    name: `${PREFIX}_elicitation`,
    description: "Asks for the user's name and greets them.",
    async run(_args, ctx) {
      const answer = await ctx.ask("user_name", elicit("What is your name?", NAME));
      return `Hello, ${answer.content?.name ?? "stranger"}!`;
    },
  }),
  tool({
    name: `${PREFIX}_sampling`,
    description: "Asks the client's model for a capital.",
    run: async (_args, ctx) =>
      messageText(await ctx.ask("capital_question", askModel("What is the capital of France?"))),
  }),
  tool({
    name: `${PREFIX}_list_roots`,
    description: "Asks for the client's roots.",
    async run(_args, ctx) {
      const { roots } = await ctx.ask("client_roots", listRoots());
      return `Roots: ${roots.map(({ uri }) => uri).join(", ")}`;
    },
  }),
  tool({
    name: `${PREFIX}_request_state`,
    description: "Remembers something between its question and the answer.",
    async run(_args, ctx) {
      const remembered = await ctx.once("remembered", () => "state-ok");
      await ctx.ask("confirm", elicit("Please confirm", OK));
      return remembered;
    },
  }),
  tool({
    name: `${PREFIX}_tampered_state`,
    description: "Notices when what it remembers was changed.",
    async run(_args, ctx) {
      await ctx.ask("confirm", elicit("Please confirm", OK));
      return "The state was not changed.";
    },
  }),
  tool({
    name: `${PREFIX}_multiple_inputs`,
    description: "Asks the user, the model and the client at once.",
    async run(_args, ctx) {
      const [user, greeting, { roots }] = await Promise.all([
        ctx.ask("user_name", elicit("What is your name?", NAME)),
        ctx.ask("greeting", askModel("Generate a greeting", 50)),
        ctx.ask("client_roots", listRoots()),
      ]);
      return `${messageText(greeting)} ${user.content?.name ?? ""} (${roots.length} roots)`;
    },
  }),
  tool({
    name: `${PREFIX}_multi_round`,
    description: "Asks twice, one after the other.",
    async run(_args, ctx) {
      const first = await ctx.ask("step1", elicit("Step 1: What is your name?", NAME));
      const color = s.object({ color: s.string() });
      const second = await ctx.ask("step2", elicit("Step 2: What is your favorite color?", color));
      return `${first.content?.name} likes ${second.content?.color}.`;
    },
  }),
  tool({
    name: `${PREFIX}_capabilities`,
    description: "Asks whatever the client can be asked.",
    async run(_args, ctx) {
      const form = elicit("What is your name?", NAME);
      const model = askModel("Generate a greeting", 50);
      const asked = [
        ...(ctx.can(form) ? [ctx.ask("user_name", form)] : []),
        ...(ctx.can(model) ? [ctx.ask("greeting", model)] : []),
      ];
      return `${(await Promise.all<unknown>(asked)).length} answers.`;
    },
  }),
  tool({
    name: "test_streaming_elicitation",
    description: "Asks the user, which must not become a request on the answer's stream.",
    async run(_args, ctx) {
      const answer = await ctx.ask("user_name", elicit("What is your name?", NAME));
      return `Hello, ${answer.content?.name ?? "stranger"}!`;
    },
  }),
  tool({
    name: "test_missing_capability",
    description: "Needs a client with sampling.",
    async run(_args, ctx) {
      const question = askModel("Say hello.");
      if (!ctx.can(question)) throw new MissingClientCapability({ sampling: {} });
      return messageText(await ctx.ask("hello", question));
    },
  }),
];
