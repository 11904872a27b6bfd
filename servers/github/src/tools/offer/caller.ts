import type { Context } from "@portico/core";
import type { Deps } from "../../deps.ts";
import type { Selection } from "../../selection.ts";
import { NAMES, selectionOf } from "../../selection.ts";

type Caller = Pick<Context<Deps>, "deps" | "header">;

/** GH4: whether lockdown is on for a call. The operator's word stands; a header can only add to it. */
export function isLocked(ctx: Caller): boolean {
  return ctx.deps.isLocked || isTrue(ctx.header("x-mcp-lockdown"));
}

/** What the headers of a call ask for; undefined where they say nothing. It narrows what the operator offers. */
export function askedFor(ctx: Caller): Selection | undefined {
  const header = (name: string) => ctx.header(name);
  const [toolsets, tools, excluded] = ["toolsets", "tools", "exclude-tools"].map((name) =>
    words(header(`x-mcp-${name}`)),
  );
  const readOnly = isTrue(header("x-mcp-readonly"));
  if (!toolsets && !tools && !excluded && !readOnly) return undefined;
  const known = toolsets?.filter((name) => ["all", "default", ...NAMES].includes(name));
  return selectionOf({
    toolsets: toolsets || tools ? (known ?? []) : ["all", "archived"],
    // A header that names only what there is not must not be read as one that names nothing.
    tools: [...(tools ?? []), ...(toolsets && known?.length === 0 ? [""] : [])],
    excluded: excluded ?? [],
    readOnly,
  });
}

function words(header: string | undefined): string[] | undefined {
  if (header === undefined) return undefined;
  return header.split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
}

const isTrue = (header: string | undefined) => /^(?:true|1|t|yes|on)$/i.test(header?.trim() ?? "");
