import { s } from "@portico/core";
import { done, doneOutput, noteOn } from "./shared/answer.ts";
import { CHANGES, graphTool } from "./shared/graph-tool.ts";
import { project, texts } from "./shared/schemas.ts";

/** Ends entities and their relations. */
export const deleteEntities = graphTool({
  name: "delete_entities",
  title: "Delete Entities",
  description: "Delete entities with their relations. restore_entities brings them back.",
  input: s.object({ entityNames: texts, project }),
  output: doneOutput,
  annotations: CHANGES,
  async run({ entityNames }, { store, scope, author }) {
    const ended = new Set(await store.deleteEntities(scope, entityNames, author));
    const unknown = [...new Set(entityNames)].filter((name) => !ended.has(name));
    return done("Entities deleted successfully", noteOn("There was no", unknown));
  },
});
