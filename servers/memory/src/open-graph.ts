import type { Context } from "@portico/core";
import type { Deps } from "./deps.ts";
import { GraphError } from "./graph/error.ts";
import type { GraphStore } from "./graph/store.ts";
import type { Author, Scope } from "./graph/types.ts";
import { PROJECT_RULE, projectName } from "./project.ts";

/** A caller's graph of one project: what every tool, resource and prompt works on. */
export interface OpenGraph {
  readonly store: GraphStore;
  readonly scope: Scope;
  readonly author: Author;
}

/** What of a call's context says whose graph is meant. */
type Caller = Pick<Context<Deps>, "client" | "deps" | "principal">;

/** Most characters of a client's description of itself that are kept with a fact. */
const LONGEST_CLIENT = 100;

/**
 * The graph a call is about. Callers who authenticated have graphs of their own; nobody else can name them.
 * @param project the caller's choice; the server's own project when absent
 * @throws {GraphError} when the name is none
 */
export async function openGraph(caller: Caller, project?: string): Promise<OpenGraph> {
  const scope = scopeOf(caller, project);
  return { store: await caller.deps.store.get(), scope, author: authorOf(caller) };
}

/** Which graph a call is about. @throws {GraphError} when the project's name is none */
export function scopeOf({ deps, principal }: Caller, project?: string): Scope {
  const name = project === undefined ? deps.project : projectName(project);
  if (name === undefined) throw new GraphError("invalid", PROJECT_RULE);
  return { owner: principal?.id ?? "", project: name };
}

function authorOf({ client, principal }: Caller): Author {
  const { name, version } = client.info ?? {};
  const program = [name, version].filter((part) => part !== undefined && part !== "").join(" ");
  return {
    ...(principal && { who: principal.id }),
    ...(program !== "" && { client: plain(program) }),
  };
}

/** A client says what it likes of itself: one short line of it is kept. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, LONGEST_CLIENT)
    .toWellFormed();
}
