import { s, ToolError } from "@portico/core";
import { done, doneOutput } from "./shared/answer.ts";
import { CHANGES, graphTool } from "./shared/graph-tool.ts";
import { project, texts } from "./shared/schemas.ts";

/** Changes what entities are called and how they are marked. */
export const updateEntities = graphTool({
  name: "update_entities",
  title: "Update Entities",
  description:
    "Rename entities, or change their type, tags or importance. Relations follow a new name.",
  input: s.object({
    updates: s.array(
      s.object({
        name: s.string(),
        newName: s.optional(s.string()),
        entityType: s.optional(s.string()),
        addTags: s.optional(texts),
        removeTags: s.optional(texts),
        importance: s.optional(s.number({ minimum: 0, maximum: 1 })),
      }),
    ),
    project,
  }),
  output: doneOutput,
  annotations: { ...CHANGES, destructiveHint: false },
  async run({ updates }, { store, scope, author }) {
    const idle = updates.find(({ name: _, ...changes }) => Object.keys(changes).length === 0);
    if (idle) throw new ToolError(`Say what to change of ${JSON.stringify(idle.name)}.`);
    await store.updateEntities(scope, updates, author);
    return done("Entities updated successfully");
  },
});
