import { TOOLSETS, type Toolset, USUAL_TOOLSETS } from "./toolsets.ts";

/** Which tools are offered, as the operator or a caller's headers say it. */
export interface Selection {
  readonly toolsets: ReadonlySet<Toolset>;
  /** Those of them that were named, whose seldom needed tools are listed as well. */
  readonly named: ReadonlySet<Toolset>;
  /** Tools beside those of the toolsets. */
  readonly tools: ReadonlySet<string>;
  /** Not these, whatever else is said. */
  readonly excluded: ReadonlySet<string>;
  /** Only those that change nothing. */
  readonly readOnly: boolean;
  /** Whether a caller may enable more toolsets while it goes on. */
  readonly dynamic: boolean;
}

/** The same as lists of names. */
export interface Wanted {
  /** `all` and `default` stand for several. Default: the usual ones, none where `tools` names any. */
  readonly toolsets?: readonly string[];
  readonly tools?: readonly string[];
  readonly excluded?: readonly string[];
  readonly readOnly?: boolean;
  readonly dynamic?: boolean;
}

/** All toolsets. */
export const NAMES = Object.keys(TOOLSETS) as readonly Toolset[];

/**
 * Reads what is wanted.
 * @throws {TypeError} for a toolset there is none of
 */
export function selectionOf(wanted: Wanted): Selection {
  const { toolsets = [], tools = [], excluded = [], readOnly = false, dynamic = false } = wanted;
  const isSaid = toolsets.length > 0 || tools.length > 0 || dynamic;
  return {
    toolsets: new Set(isSaid ? toolsets.flatMap(expanded) : USUAL_TOOLSETS),
    named: new Set(toolsets.filter((name) => name !== "default").flatMap(expanded)),
    tools: new Set(tools),
    excluded: new Set(excluded),
    readOnly,
    dynamic,
  };
}

function expanded(name: string): readonly Toolset[] {
  if (name === "all") return NAMES.filter((one) => one !== "archived");
  if (name === "default") return USUAL_TOOLSETS;
  if (NAMES.includes(name as Toolset)) return [name as Toolset];
  throw new TypeError(
    `There is no toolset "${name}"; choose from all, default, ${NAMES.join(", ")}.`,
  );
}
