// Offers what is there at the moment: notes that a tool adds and removes, listed page by page.
// Nothing is registered or taken back; the list and the contents are computed whenever somebody asks.
import { defineServer, resourceTemplate, s, ToolError, tool } from "@portico/core";

const PAGE = 2;
const name = s.string({ pattern: "^[a-z-]+$", description: "Short, such as: to-do" });

/** Makes a server with a notebook of its own, which is empty. */
export function server() {
  const notes = new Map<string, string>();

  const note = resourceTemplate({
    uriTemplate: "note://{name}",
    name: "A note",
    mimeType: "text/plain",
    async list(_, position = 0) {
      const first = position as number;
      const names = [...notes.keys()].slice(first, first + PAGE);
      return {
        items: names.map((name) => ({ uri: `note://${name}`, name })),
        ...(first + PAGE < notes.size && { next: first + PAGE }),
      };
    },
    read: ({ name = "" }) => notes.get(name),
  });

  const write = tool({
    name: "write_note",
    description: "Write a note, or write it anew.",
    input: s.object({ name, text: s.string() }),
    run({ name, text }) {
      notes.set(name, text);
      return `Written as note://${name}.`;
    },
  });

  const remove = tool({
    name: "remove_note",
    description: "Remove a note for good.",
    input: s.object({ name }),
    annotations: { destructiveHint: true },
    run({ name }) {
      if (!notes.delete(name)) throw new ToolError(`There is no note ${name}; list them first.`);
      return "Removed.";
    },
  });

  return defineServer({
    name: "notes",
    version: "1.0.0",
    resources: [note],
    tools: [write, remove],
  });
}
