import { s } from "@portico/core";
import { answer, note, noteOn } from "./shared/answer.ts";
import { graphTool } from "./shared/graph-tool.ts";
import { project, texts } from "./shared/schemas.ts";

/** Brings deleted entities back. */
export const restoreEntities = graphTool({
  name: "restore_entities",
  title: "Restore Entities",
  description:
    "Bring back deleted entities as they were last, with relations whose other end exists.",
  input: s.object({ entityNames: texts, project }),
  output: s.object({ restored: texts, note }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
  async run({ entityNames }, { store, scope, author }) {
    const restored = [...(await store.restoreEntities(scope, entityNames, author))];
    const back = new Set(restored);
    const rest = [...new Set(entityNames)].filter((name) => !back.has(name));
    return answer(restored, { restored }, noteOn("Nothing deleted is called", rest));
  },
});
