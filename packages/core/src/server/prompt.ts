import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type {
  ContentBlock,
  GetPromptResult,
  Icon,
  PromptMessage,
  Prompt as PublishedPrompt,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Completer } from "./completion.ts";
import { text } from "./content.ts";
import type { Context } from "./context.ts";
import type { NamedSource } from "./named.ts";

/** One argument of a prompt: always a string, because a person types it. */
export interface PromptArgumentDefinition<Deps = unknown> {
  readonly title?: string;
  readonly description?: string;
  /** Whether the prompt needs it. Default false. */
  readonly required?: boolean;
  /** Suggests values while the user types. */
  readonly complete?: Completer<Deps>;
}

type Arguments = Readonly<Record<string, PromptArgumentDefinition<never>>>;

type Given<A> = {
  [K in keyof A as A[K] extends { readonly required: true } ? K : never]: string;
} & { [K in keyof A as A[K] extends { readonly required: true } ? never : K]?: string };

/** What `run` may return: one user message as text or content, messages, or a whole result. */
export type PromptReturn = string | ContentBlock | readonly PromptMessage[] | GetPromptResult;

/** How an author writes a prompt. */
export interface PromptDefinition<A extends Arguments, Deps> {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly arguments?: A;
  readonly icons?: Icon[];
  readonly meta?: JsonObject;
  run(args: Given<A>, ctx: Context<Deps>): PromptReturn | Promise<PromptReturn>;
}

/** A prompt as a value: what is published about it, and how to get it. */
export interface Prompt<Deps = unknown> {
  readonly published: PublishedPrompt;
  readonly completers: ReadonlyMap<string, Completer<Deps>>;
  /** @throws {RpcError} -32602 when an argument is missing, unknown or no string */
  get(args: JsonObject, ctx: Context<Deps>): Promise<GetPromptResult>;
}

/** Prompts that are computed for each call: they differ by caller, or come and go. */
export interface PromptSource<Deps = unknown> extends NamedSource<Prompt<Deps>, Deps> {}

/** Defines a prompt. The types of its arguments follow from `arguments`. */
export function prompt<const A extends Arguments, Deps = unknown>(
  definition: PromptDefinition<A, Deps>,
): Prompt<Deps> {
  const declared = Object.entries(definition.arguments ?? {});
  const completers = declared.flatMap(([name, { complete }]) =>
    complete ? [[name, complete] as const] : [],
  );
  return {
    published: publish(definition, declared),
    completers: new Map(completers) as ReadonlyMap<string, Completer<Deps>>,
    async get(args, ctx) {
      checkArguments(definition.name, new Map(declared), args);
      return render(await definition.run(args as Given<A>, ctx), definition.description);
    },
  };
}

type Published = Pick<
  PromptDefinition<never, never>,
  "name" | "title" | "description" | "icons" | "meta"
>;

function publish(
  { name, title, description, icons, meta }: Published,
  declared: readonly [string, PromptArgumentDefinition<never>][],
): PublishedPrompt {
  const args = declared.map(([argument, { complete: _, ...described }]) => ({
    name: argument,
    ...described,
  }));
  return {
    name,
    ...(title !== undefined && { title }),
    description,
    ...(args.length > 0 && { arguments: args }),
    ...(icons && { icons }),
    ...(meta && { _meta: meta }),
  } as PublishedPrompt;
}

function checkArguments(
  name: string,
  declared: ReadonlyMap<string, PromptArgumentDefinition<never>>,
  given: JsonObject,
): void {
  for (const [key, { required }] of declared) {
    if (required && !Object.hasOwn(given, key)) {
      throw invalidParams(`The prompt ${name} needs the argument "${key}".`);
    }
  }
  for (const [key, value] of Object.entries(given)) {
    if (!declared.has(key)) throw invalidParams(`The prompt ${name} has no argument "${key}".`);
    if (typeof value !== "string") throw invalidParams(`The argument "${key}" must be a string.`);
  }
}

function render(value: PromptReturn, description: string): GetPromptResult {
  if (typeof value === "string") return { description, messages: [userMessage(text(value))] };
  if (Array.isArray(value)) return { description, messages: [...value] };
  if ("messages" in value) return { description, ...value };
  return { description, messages: [userMessage(value as ContentBlock)] };
}

/** A message in the user's voice. */
export function userMessage(content: ContentBlock): PromptMessage {
  return { role: "user", content };
}

/** A message in the assistant's voice. */
export function assistantMessage(content: ContentBlock): PromptMessage {
  return { role: "assistant", content };
}
