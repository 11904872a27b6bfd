import type { ServerDefinition } from "@portico/core";
import { Jail } from "../../src/jail/jail.ts";
import { gdrive } from "../../src/server.ts";
import type { ToolsetName } from "../../src/toolset-names.ts";
import { toolsIn } from "../../src/toolsets.ts";
import { depsOn } from "./servers.ts";

/** The server of these toolsets with all folders set, for listing what it offers. */
export async function listing(toolsets: readonly ToolsetName[]): Promise<ServerDefinition> {
  const jail = new Jail("nowhere");
  const deps = depsOn("http://127.0.0.1:9/", { uploads: jail, downloads: jail });
  return gdrive(deps, { tools: await toolsIn(toolsets), hasResources: true });
}
