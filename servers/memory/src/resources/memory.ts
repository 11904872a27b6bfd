import {
  type Completer,
  type Context,
  type JsonValue,
  type Page,
  type ReadResourceResult,
  type Resource,
  ResourceNotFound,
  type ResourceSource,
} from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { completeName, completeProject } from "../complete.ts";
import type { Deps } from "../deps.ts";
import type { EntityDetails } from "../graph/types.ts";
import { isoOf } from "../instant.ts";
import { openGraph, scopeOf } from "../open-graph.ts";
import { forClient } from "../told.ts";
import { Budget } from "../tools/shared/budget.ts";
import { fill } from "../tools/shared/fill.ts";
import { readEntityContents, readGraphContents } from "./contents.ts";
import { entityUri, GRAPH_URI, type Target, TEMPLATES, targetOf } from "./uris.ts";

const PAGE_SIZE = 200;
const JSON_TYPE = "application/json";

const published: Resource = {
  uri: GRAPH_URI,
  name: "knowledge-graph",
  title: "Knowledge Graph",
  description: "The full knowledge graph with all entities and relations",
  mimeType: JSON_TYPE,
};

/** Graphs and their entities, each a resource that can be subscribed to. */
export const memoryResources: readonly ResourceSource<Deps>[] = [
  { list, read, watch },
  family(TEMPLATES.entity, "entity", "An entity", "An entity with its facts and relations.", {
    name: completeName,
  }),
  family(TEMPLATES.projectGraph, "project-graph", "A project's graph", "All of one project.", {
    project: completeProject,
  }),
  family(
    TEMPLATES.projectEntity,
    "project-entity",
    "A project's entity",
    "An entity of a project.",
    {
      project: completeProject,
      name: completeName,
    },
  ),
];

/** Publishes a template; the first source reads what it stands for. */
function family(
  uriTemplate: string,
  name: string,
  title: string,
  description: string,
  complete: Readonly<Record<string, Completer<Deps>>>,
): ResourceSource<Deps> {
  return {
    template: { uriTemplate, name, title, description, mimeType: JSON_TYPE },
    completers: new Map(Object.entries(complete)),
    read: async () => undefined,
  };
}

/** The graph, then its entities page by page. */
async function list(ctx: Context<Deps>, position?: JsonValue): Promise<Page<Resource>> {
  try {
    const { store, scope } = await openGraph(ctx);
    const after = (position as string | undefined) ?? undefined;
    const { items: entities, next } = await fill({
      list: (paging) => store.listEntities(scope, paging),
      show: entityResource,
      limit: PAGE_SIZE,
      portion: PAGE_SIZE,
      after,
      budget: new Budget(ANSWER_BYTES),
    });
    const items = after === undefined ? [published, ...entities] : entities;
    return { items, ...(next !== undefined && { next }) };
  } catch (error) {
    throw forClient(error);
  }
}

function entityResource({ name, entityType, importance, updatedAt }: EntityDetails): Resource {
  return {
    uri: entityUri(name),
    name,
    description: entityType,
    mimeType: JSON_TYPE,
    annotations: { priority: importance, lastModified: isoOf(updatedAt) },
  };
}

async function read(uri: string, ctx: Context<Deps>): Promise<ReadResourceResult | undefined> {
  const target = targetOf(uri);
  const text = target && (await contentsOf(target, ctx));
  return text === undefined ? undefined : { contents: [{ uri, mimeType: JSON_TYPE, text }] };
}

async function contentsOf(
  { project, entity }: Target,
  ctx: Context<Deps>,
): Promise<string | undefined> {
  try {
    const graph = await openGraph(ctx, project);
    return entity === undefined
      ? await readGraphContents(graph)
      : await readEntityContents(graph, entity);
  } catch (error) {
    throw forClient(error);
  }
}

/** Hears of changes in the caller's own graphs; an entity need not exist yet. */
async function watch(
  uri: string,
  changed: () => void,
  ctx: Pick<Context<Deps>, "client" | "deps" | "principal">,
): Promise<(() => void) | undefined> {
  const target = targetOf(uri);
  if (!target) throw new ResourceNotFound(uri);
  const { project, entity } = target;
  try {
    const own = scopeOf(ctx, project);
    const store = await ctx.deps.store.get();
    return store.watch(({ scope, names }) => {
      if (scope.owner !== own.owner || scope.project !== own.project) return;
      if (entity === undefined || names === undefined || names.includes(entity)) changed();
    });
  } catch (error) {
    throw forClient(error);
  }
}
