import { elicit, embedded, image, prompt, s, text, userMessage } from "@portico/core";
import { PNG } from "./media.ts";

/** One prompt of each kind. */
export const prompts = [
  prompt({
    name: "test_simple_prompt",
    description: "A prompt without arguments.",
    run: () => "This is a simple prompt for testing.",
  }),
  prompt({
    name: "test_prompt_with_arguments",
    description: "A prompt with two arguments.",
    arguments: {
      arg1: { required: true, description: "First argument", complete: ["hello", "test", "trial"] },
      arg2: { required: true, description: "Second argument", complete: ["world"] },
    },
    run: ({ arg1, arg2 }) => `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`,
  }),
  prompt({
    name: "test_prompt_with_embedded_resource",
    description: "A prompt with a resource in it.",
    arguments: { resourceUri: { required: true, description: "The resource's URI" } },
    run: ({ resourceUri = "" }) => [
      userMessage(embedded(resourceUri, "Embedded resource content for testing.", "text/plain")),
      userMessage(text("Please process the embedded resource above.")),
    ],
  }),
  prompt({
    name: "test_prompt_with_image",
    description: "A prompt with a picture in it.",
    run: () => [
      userMessage(image(PNG, "image/png")),
      userMessage(text("Please analyze the image above.")),
    ],
  }),
  prompt({
    name: "test_input_required_result_prompt",
    description: "Asks what it is about.",
    async run(_, ctx) {
      const form = s.object({ context: s.string() });
      const { content } = await ctx.ask("user_context", elicit("What is this about?", form));
      return `This is about: ${content?.context ?? "nothing"}`;
    },
  }),
];
