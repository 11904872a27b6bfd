import { methodNotFound } from "../jsonrpc/rpc-error.ts";
import { Changes } from "../kernel/changes.ts";
import type { Dispatch } from "../kernel/compose.ts";
import { failed } from "../kernel/outcome.ts";
import type { Icon, Implementation, Methods } from "../protocol/index.ts";
import { type CacheHints, cacheHints } from "./cache-hints.ts";
import { CallContext } from "./context.ts";
import {
  checkIdentifiers,
  extensionCapabilities,
  handlersWith,
  type ListenFilter,
  rowsWith,
  type ServerExtension,
} from "./extension.ts";
import type { Feature } from "./feature.ts";
import { completionsFeature, hasCompleters } from "./features/completions.ts";
import { promptsFeature } from "./features/prompts.ts";
import { resourcesFeature } from "./features/resources.ts";
import { type ToolSource, toolsFeature } from "./features/tools.ts";
import { join } from "./join.ts";
import { type CustomMethod, methodsFeature } from "./method.ts";
import type { Mounted } from "./mount.ts";
import { isFixed, Named } from "./named.ts";
import type { Prompt, PromptSource } from "./prompt.ts";
import type { ResourceSource } from "./resource.ts";
import type { Source } from "./source.ts";
import type { Tool } from "./tool.ts";

/** How an author writes a server. */
export interface ServerOptions<Deps> {
  readonly name: string;
  readonly version: string;
  /** For people; the name when absent. */
  readonly title?: string;
  readonly description?: string;
  readonly websiteUrl?: string;
  readonly icons?: Icon[];
  /** For the model: how to use this server well. */
  readonly instructions?: string;
  /** What every handler finds at `ctx.deps`: clients, stores, settings. */
  readonly deps?: Deps;
  readonly tools?: readonly (Tool<Deps> | ToolSource<Deps>)[];
  readonly resources?: readonly ResourceSource<Deps>[];
  readonly prompts?: readonly (Prompt<Deps> | PromptSource<Deps>)[];
  /**
   * What other servers offer, under the names they are mounted with: their tools, resources, prompts and
   * completions. Methods and extensions beyond the protocol stay theirs.
   */
  readonly sources?: readonly Mounted[];
  /** Methods of your own, or of an extension. */
  readonly methods?: readonly CustomMethod<Deps>[];
  /** Extensions of the protocol. One that is only to be declared is `{ id, settings }`. */
  readonly extensions?: readonly ServerExtension[];
  /** Whether handlers log to clients through `ctx.log`. Default false. */
  readonly logging?: boolean;
  /**
   * Where changes are announced. Given, clients are told that every list may change and every resource can be
   * subscribed to; absent, only what is computed as asked or can be watched.
   */
  readonly changes?: Changes;
  /** How long clients may keep answers, by method. Lists that never change are kept for five minutes. */
  readonly cache?: Partial<CacheHints>;
  /** Frees what `deps` holds, when the process stops serving. */
  close?(): void | Promise<void>;
}

/**
 * A server as a value: what it offers and how each method is answered. It holds no connection, session or
 * timer, so one definition serves any number of clients at once, on any revision and transport.
 */
export interface ServerDefinition extends Source {
  readonly info: Implementation;
  readonly instructions: string | undefined;
  readonly methods: Methods;
  /** The keys of listen filters that extensions serve. */
  readonly filters: ReadonlyMap<string, ListenFilter>;
}

/**
 * Defines a server.
 * @throws {TypeError} when two tools, prompts, methods, extensions or sources share a name
 */
export function defineServer<Deps = undefined>(options: ServerOptions<Deps>): ServerDefinition {
  const own = withoutSources(options);
  if (!options.sources) return own;
  const named = [...(options.tools ?? []), ...(options.prompts ?? [])].filter(isFixed);
  const names = named.map(({ published }) => published.name);
  return { ...own, ...join(own, options.sources, names) };
}

function withoutSources<Deps>(options: ServerOptions<Deps>): ServerDefinition {
  const { name, version, title, description, websiteUrl, icons, extensions = [] } = options;
  checkIdentifiers(extensions);
  const resources = resourcesOf(options);
  const features = featuresOf(options, resources);
  const capabilities = Object.assign({}, ...features.map((feature) => feature.capabilities));
  const plain = new Map(features.flatMap((feature) => Object.entries(feature.handlers)));
  const toolOf = features.find((feature) => feature.toolOf)?.toolOf;
  return {
    info: {
      name,
      version,
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...(websiteUrl !== undefined && { websiteUrl }),
      ...(icons && { icons }),
    },
    instructions: options.instructions,
    capabilities: {
      ...capabilities,
      ...(options.logging && { logging: {} }),
      ...extensionCapabilities(extensions),
    },
    methods: rowsWith(options.methods ?? [], extensions),
    handlers: handlersWith(plain, extensions, options.deps, toolOf),
    filters: new Map(extensions.flatMap(({ filters = {} }) => Object.entries(filters))),
    changes: options.changes ?? new Changes(),
    cache: cacheHints(
      {
        tools: (options.tools ?? []).every(isFixed),
        prompts: (options.prompts ?? []).every(isFixed),
      },
      options.cache,
    ),
    async watch(uri, changed, call, asking) {
      const ctx = new CallContext(options.deps as Deps, call, asking, callsNothing);
      for (const source of resources ?? []) {
        const stop = await source.watch?.(uri, changed, ctx);
        if (stop) return stop;
      }
      return undefined;
    },
    async close() {
      for (const extension of extensions) await extension.close?.();
      await options.close?.();
    },
  };
}

/** The author's resources, and those extensions bring. */
function resourcesOf<Deps>({
  resources,
  extensions = [],
}: ServerOptions<Deps>): readonly ResourceSource<Deps>[] | undefined {
  const brought = extensions.flatMap((extension) => extension.resources ?? []);
  return brought.length === 0 ? resources : [...(resources ?? []), ...brought];
}

/** Subscribing has no business with tools; a {@link WatchContext} has no way to call one. */
const callsNothing: Dispatch = async ({ method }) => failed(methodNotFound(method));

function featuresOf<Deps>(
  options: ServerOptions<Deps>,
  resources: readonly ResourceSource<Deps>[] | undefined,
): Feature[] {
  const { methods } = options;
  const tools = new Named<Tool<Deps>, Deps>("tools", options.tools ?? []);
  const prompts = new Named<Prompt<Deps>, Deps>("prompts", options.prompts ?? []);
  const deps = options.deps as Deps;
  const announces = options.changes !== undefined;
  return [
    ...(options.tools ? [toolsFeature(deps, tools, announces)] : []),
    ...(resources ? [resourcesFeature(deps, resources, announces)] : []),
    ...(options.prompts ? [promptsFeature(deps, prompts, announces)] : []),
    ...(hasCompleters(prompts, resources ?? [])
      ? [completionsFeature(deps, prompts, resources ?? [])]
      : []),
    ...(methods ? [methodsFeature(deps, methods)] : []),
  ];
}
