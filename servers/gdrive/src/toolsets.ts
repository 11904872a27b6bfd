import type { Need } from "./auth/scopes.ts";
import { comments, fileChanges, revisions, sharing } from "./tools/changing/index.ts";
import { docs } from "./tools/docs/index.ts";
import { reading } from "./tools/reading/index.ts";
import type { GoogleTool } from "./tools/shared/google-tool.ts";
import { sheets } from "./tools/sheets/index.ts";
import { slides } from "./tools/slides/index.ts";
import type { ToolsetName } from "./toolset-names.ts";

type Tools = readonly GoogleTool[];

const TOOLSETS: Readonly<Record<ToolsetName, Tools>> = {
  files: [...reading, ...fileChanges],
  sharing,
  comments,
  revisions,
  docs,
  sheets,
  slides,
};

/** The tools of these toolsets. */
export function toolsIn(names: readonly ToolsetName[]): Tools {
  return names.flatMap((name) => TOOLSETS[name]);
}

/** What tools need of Google, or those of them that only read. */
export function needsOf(tools: Tools, isReadOnly: boolean): ReadonlySet<Need> {
  return new Set(tools.flatMap(({ need, reads }) => (reads || !isReadOnly ? [need] : [])));
}
