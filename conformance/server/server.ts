import { Changes, defineServer } from "@portico/core";
import { skills } from "@portico/core/extensions/skills";
import { tasks } from "@portico/core/extensions/tasks";
import { askingTools } from "./asking.ts";
import { contentTools } from "./content.ts";
import { prompts } from "./prompts.ts";
import { resources } from "./resources.ts";
import { roundTools } from "./rounds.ts";
import { runningTools } from "./running.ts";
import { schemaTools } from "./schemas.ts";
import { skillsServed } from "./skills.ts";
import { taskTools } from "./tasks.ts";

const changes = new Changes();

/** What the official conformance suite expects of a server, name by name. */
export const conformanceServer = defineServer({
  name: "portico-conformance",
  title: "Portico conformance",
  version: "1.0.0",
  instructions: "A server for the official conformance suite.",
  changes,
  logging: true,
  tools: [
    ...contentTools,
    ...schemaTools,
    ...runningTools(changes),
    ...askingTools,
    ...roundTools,
    ...taskTools,
  ],
  resources,
  prompts,
  extensions: [tasks({ pollIntervalMs: 100 }), skills(skillsServed)],
});
