// Offers prompts that people write themselves, while the server runs: their arguments are the {gaps} they leave.
// A source is asked for its prompts on each call, so it can also give every caller prompts of their own.
import { Changes, defineServer, type PromptSource, prompt, s, tool } from "@portico/core";

const GAP = /\{(\w+)\}/g;

function written(name: string, wording: string) {
  const gaps = [...wording.matchAll(GAP)].map(([, gap = ""]) => [gap, { required: true }] as const);
  return prompt({
    name,
    description: wording,
    arguments: Object.fromEntries(gaps),
    run: (args: Readonly<Record<string, string | undefined>>) =>
      wording.replace(GAP, (_, gap: string) => args[gap] ?? ""),
  });
}

/** Makes a server with a collection of its own, which is empty. */
export function server() {
  const wordings = new Map<string, string>();
  const changes = new Changes();
  const collection: PromptSource<undefined> = {
    list: async () => [...wordings].map(([name, wording]) => written(name, wording)),
  };

  const save = tool({
    name: "save_prompt",
    description: "Keep a prompt for later. Write {gaps} where something is to be filled in.",
    input: s.object({ name: s.string({ pattern: "^[a-z_]+$" }), wording: s.string() }),
    run({ name, wording }) {
      wordings.set(name, wording);
      changes.listChanged("prompts");
      return `Kept as ${name}.`;
    },
  });

  return defineServer({
    name: "collection",
    version: "1.0.0",
    prompts: [collection],
    tools: [save],
    changes,
  });
}
