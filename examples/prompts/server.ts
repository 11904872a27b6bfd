// Offers a text that people pick, often as a slash command, and fill in: a good question they need not write themselves.
// Arguments are strings, because a person types them; those that are not `required` may be left out.
import { assistantMessage, defineServer, prompt, rank, text, userMessage } from "@portico/core";

const dishes = ["lentil soup", "mushroom risotto", "mushroom soup"];

const recipe = prompt({
  name: "recipe",
  title: "Find a recipe",
  description: "Asks for a recipe that suits the evening.",
  arguments: {
    dish: { description: "What to cook", required: true, complete: dishes },
    people: {
      description: "For how many; 2 if left out",
      complete: (typed) => rank(["2", "4", "6"], typed),
    },
  },
  run: ({ dish, people = "2" }) => [
    userMessage(text(`Give me a recipe for ${dish}, for ${people}. Begin with what I must buy.`)),
    // A beginning of the answer sets its form.
    assistantMessage(text("You need:")),
  ],
});

/** A cookbook. */
export const server = defineServer({ name: "cookbook", version: "1.0.0", prompts: [recipe] });
