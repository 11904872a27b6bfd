import { s } from "@portico/core";
import { distinctEntities } from "../graph/combine.ts";
import { plainEntity } from "../plain.ts";
import { answer, note, noteOn } from "./shared/answer.ts";
import { ADDS, graphTool } from "./shared/graph-tool.ts";
import { entity, project, texts } from "./shared/schemas.ts";

/** Creates entities that do not exist yet. */
export const createEntities = graphTool({
  name: "create_entities",
  title: "Create Entities",
  description:
    "Create entities with their first observations. Those that exist stay as they are: use add_observations.",
  input: s.object({
    entities: s.array(
      s.object({
        name: s.string({ description: "Unique name" }),
        entityType: s.string({ description: "Kind, as person" }),
        observations: s.array(s.string(), { description: "One fact each" }),
        tags: s.optional(texts),
        importance: s.optional(
          s.number({ minimum: 0, maximum: 1, description: "1 is vital; 0.5 when absent" }),
        ),
      }),
    ),
    project,
  }),
  output: s.object({ entities: s.array(entity), note }),
  annotations: ADDS,
  async run({ entities }, { store, scope, author }) {
    const wanted = entities.map(({ name, entityType, observations, tags, importance }) => ({
      name,
      entityType,
      observations,
      ...(tags && { tags }),
      ...(importance !== undefined && { importance }),
    }));
    const created = new Set(await store.createEntities(scope, wanted, author));
    const merged = distinctEntities(wanted).map((one) => plainEntity(one, one.observations));
    const shown = merged.filter(({ name }) => created.has(name));
    const known = merged.filter(({ name }) => !created.has(name)).map(({ name }) => name);
    return answer(
      shown,
      { entities: shown },
      noteOn("Existed already and stayed as it was", known),
    );
  },
});
