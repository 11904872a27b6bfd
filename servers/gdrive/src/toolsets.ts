import type { Need } from "./auth/scopes.ts";
import { comments, fileChanges, revisions, sharing } from "./tools/changing/index.ts";
import { reading } from "./tools/reading/index.ts";
import type { GoogleTool } from "./tools/shared/google-tool.ts";
import type { ToolsetName } from "./toolset-names.ts";

type Tools = readonly GoogleTool[];

const editors = () => import("./tools/editors.ts");

/** Those that are off unless they are named are read when they are: every other start would pay for them. */
const TOOLSETS: Readonly<Record<ToolsetName, () => Tools | Promise<Tools>>> = {
  files: () => [...reading, ...fileChanges],
  sharing: () => sharing,
  comments: () => comments,
  revisions: () => revisions,
  docs: async () => (await editors()).docs,
  sheets: async () => (await editors()).sheets,
  slides: async () => (await editors()).slides,
};

/** The tools of these toolsets. */
export async function toolsIn(names: readonly ToolsetName[]): Promise<Tools> {
  return (await Promise.all(names.map((name) => TOOLSETS[name]()))).flat();
}

/** What tools need of Google, or those of them that only read. */
export function needsOf(tools: Tools, isReadOnly: boolean): ReadonlySet<Need> {
  return new Set(tools.flatMap(({ need, reads }) => (reads || !isReadOnly ? [need] : [])));
}
