import type { Need } from "./auth/scopes.ts";
import { comments, fileChanges, revisions, sharing } from "./tools/changing/index.ts";
import { reading } from "./tools/reading/index.ts";
import type { GoogleTool } from "./tools/shared/google-tool.ts";
import type { ToolsetName } from "./toolset-names.ts";

type Tools = readonly GoogleTool[];

const TOOLSETS: Readonly<Record<ToolsetName, () => Tools | Promise<Tools>>> = {
  files: () => [...reading, ...fileChanges],
  sharing: () => sharing,
  comments: () => comments,
  revisions: () => revisions,
  docs: async () => (await import("./tools/editors.ts")).docs,
  sheets: async () => (await import("./tools/editors.ts")).sheets,
  slides: async () => (await import("./tools/editors.ts")).slides,
};

/** The tools of these toolsets. */
export async function toolsIn(names: readonly ToolsetName[]): Promise<Tools> {
  return (await Promise.all(names.map((name) => TOOLSETS[name]()))).flat();
}

/** What tools need of Google, or those of them that only read. */
export function needsOf(tools: Tools, isReadOnly: boolean): ReadonlySet<Need> {
  return new Set(tools.flatMap(({ need, reads }) => (reads || !isReadOnly ? [need] : [])));
}
