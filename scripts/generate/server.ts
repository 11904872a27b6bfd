import { existsSync } from "node:fs";
import { join } from "node:path";
import { camelCase, titleCase } from "./names.ts";
import { addToPlaces, type ServerFacts } from "./places.ts";
import { renderFolder } from "./render.ts";
import { addTool, toolValues } from "./tool.ts";

/** Says why the server cannot be made in this checkout, in a sentence. */
export function serverComplaint(root: string, name: string): string | undefined {
  if (existsSync(join(root, "servers", name))) {
    return `servers/${name} exists already; add a tool to it with pnpm new-tool.`;
  }
}

/** Writes a server with one tool, called `search_…`, and enters it wherever a server has to be. */
export function addServer(root: string, server: ServerFacts): void {
  const { name, description } = server;
  const tool = { name: `search_${name.replaceAll("-", "_")}`, description };
  const values = {
    name,
    camel: camelCase(name),
    title: titleCase(name),
    description,
    ...toolValues(tool),
  };
  renderFolder("server", root, values);
  addTool(root, { server: name, ...tool });
  addToPlaces(root, server);
}
