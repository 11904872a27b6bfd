import { Changes, defineServer, type ServerDefinition } from "@portico/core";
import { askingTools } from "./asking-tools.ts";
import { contentTools } from "./content-tools.ts";
import { inputRequiredTools } from "./input-required-tools.ts";
import { prompts } from "./prompts.ts";
import { resources } from "./resources.ts";
import { runningTools } from "./running-tools.ts";

/** A server with everything the official suite asks for, under the names it asks for. */
export function everything(): ServerDefinition {
  const changes = new Changes();
  return defineServer({
    name: "portico-conformance-server",
    version: "1.0.0",
    deps: { changes },
    changes,
    logging: true,
    tools: [...contentTools, ...runningTools, ...askingTools, ...inputRequiredTools],
    resources,
    prompts,
  });
}
