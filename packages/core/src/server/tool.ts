import type {
  CallToolResult,
  ContentBlock,
  Icon,
  Tool as PublishedTool,
  ToolAnnotations,
} from "../protocol/index.ts";
import { type Bridged, bridge, type Checked, type Side } from "../schema/from-standard.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Output, Schema, StandardSchema } from "../schema/standard.ts";
import { Reply, text } from "./content.ts";
import type { Context } from "./context.ts";
import { InvalidArguments } from "./errors.ts";
import { requireParamHeaders } from "./param-headers.ts";

/** What a tool's `run` may return: data of its output type, content, or both in a {@link Reply}. */
export type ToolReturn<T> = unknown extends T
  ? string | ContentBlock | readonly ContentBlock[] | Reply | undefined
  : T | Reply<T>;

/** How calls of a tool become tasks, where the server has the tasks extension and the client takes them. */
export interface TaskUse {
  /** `required`: it is refused where there can be no task. `optional`: it is answered at once there. */
  readonly support: "optional" | "required";
  /**
   * Keys of questions to settle before there is a task; `run` must ask them before anything else. All other
   * questions are asked while the task runs.
   */
  readonly after?: readonly string[];
}

/** How an author writes a tool. */
export interface ToolDefinition<In extends StandardSchema, Out extends StandardSchema, Deps> {
  /** 1–128 characters of A–Z, a–z, 0–9, `_`, `.`, `-`; unique in its server. */
  readonly name: string;
  /** For people; the name when absent. */
  readonly title?: string;
  /** For the model: what it does, when to use it, what to know. */
  readonly description: string;
  /** The arguments: an object. No arguments when absent. */
  readonly input?: In;
  /** The shape of structured results. Results are text only when absent. */
  readonly output?: Out;
  /** Hints for the host: does it write, destroy, repeat safely, reach the outside world. */
  readonly annotations?: ToolAnnotations;
  readonly icons?: Icon[];
  readonly meta?: JsonObject;
  /** Whether its calls may, or must, go on as tasks. They never do when absent. */
  readonly task?: TaskUse["support"] | TaskUse;
  /** Does the work. Throw a `ToolError` to tell the model what to do next. */
  run(
    args: Output<In>,
    ctx: Context<Deps>,
  ): ToolReturn<Output<Out>> | Promise<ToolReturn<Output<Out>>>;
}

/** A tool as a value: what is published about it, and how to call it. */
export interface Tool<Deps = unknown> {
  readonly published: PublishedTool;
  readonly task?: TaskUse | undefined;
  /**
   * Checks the arguments, runs the tool and renders its answer.
   * @throws {InvalidArguments} when the arguments break the input schema
   */
  call(args: JsonObject, ctx: Context<Deps>): Promise<CallToolResult>;
}

const NAME = /^[A-Za-z0-9_.-]{1,128}$/;
const NOTHING_GIVEN: Checked = { value: {} };
const NO_ARGUMENTS = { type: "object", additionalProperties: false } as const;

/**
 * Defines a tool. Its types follow from `input` and `output`.
 * @throws {TypeError} when the name is not allowed, a schema has no JSON Schema form, or an argument asks for a
 *   header (`x-mcp-header`) it cannot have
 */
export function tool<
  In extends StandardSchema = Schema<Record<string, never>>,
  Out extends StandardSchema = Schema<unknown>,
  Deps = unknown,
>(definition: ToolDefinition<In, Out, Deps>): Tool<Deps> {
  const { name } = definition;
  if (!NAME.test(name)) {
    throw new TypeError(`"${name}" is no tool name: use 1 to 128 of A-Z a-z 0-9 _ . -`);
  }
  const input = bridged(definition.input, `the input of tool ${name}`, "input");
  const output = bridged(definition.output, `the output of tool ${name}`, "output");
  if (input && input.json.type !== "object") {
    throw new TypeError(`The input of tool ${name} must be an object schema.`);
  }
  if (input) requireParamHeaders(name, input.json);
  const { task } = definition;
  return {
    published: publish(definition, input, output),
    task: typeof task === "string" ? { support: task } : task,
    async call(args, ctx) {
      // Some hosts send arguments of their own making to tools that have none: they are left out, not refused.
      let checked = input ? input.check(args) : NOTHING_GIVEN;
      // An await costs a turn even where there is nothing to wait for; this is every call's path.
      if (checked instanceof Promise) checked = await checked;
      if (checked.issues) throw new InvalidArguments(`Invalid arguments: ${checked.message}`);
      let value = definition.run(checked.value as Output<In>, ctx);
      if (isPromiseLike(value)) value = await value;
      return output ? renderData(name, value, output) : renderContent(value);
    },
  };
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as Partial<PromiseLike<T>> | undefined)?.then === "function";
}

/** Only what was left out is absent: null, say from a failed import, is a mistake. */
function bridged(
  schema: StandardSchema | undefined,
  subject: string,
  side: Side,
): Bridged | undefined {
  return schema === undefined ? undefined : bridge(schema, subject, side);
}

type Published = Omit<
  ToolDefinition<StandardSchema, StandardSchema, never>,
  "run" | "input" | "output"
>;

function publish(
  { name, title, description, annotations, icons, meta, task }: Published,
  input: Bridged | undefined,
  output: Bridged | undefined,
): PublishedTool {
  return {
    name,
    ...(title !== undefined && { title }),
    description,
    inputSchema: input?.json ?? NO_ARGUMENTS,
    ...(output && { outputSchema: output.json }),
    ...(annotations && { annotations }),
    ...(icons && { icons }),
    ...(task && { execution: { taskSupport: typeof task === "string" ? task : task.support } }),
    ...(meta && { _meta: meta }),
  } as PublishedTool;
}

/** The answer of a tool with an output schema: its data, and the same as text where it spelled none out. */
async function renderData(name: string, value: unknown, output: Bridged): Promise<CallToolResult> {
  const reply = value instanceof Reply ? value : undefined;
  const structured = reply ? reply.structured : value;
  // server/tools: with an outputSchema, servers MUST return conforming structured results.
  const checked = await output.check(structured);
  if (checked.issues) {
    throw new TypeError(
      `The tool ${name} returned what its output schema forbids: ${checked.message}`,
    );
  }
  // server/tools: structured content SHOULD also be there as serialised JSON in a text block.
  const content = reply ? reply.content : [text(JSON.stringify(structured))];
  return resultOf(content, structured, reply?.meta);
}

/** The answer of a tool without an output schema. */
function renderContent(value: unknown): CallToolResult {
  if (value instanceof Reply) return resultOf(value.content, value.structured, value.meta);
  if (value === undefined) return { content: [] } as unknown as CallToolResult;
  if (typeof value === "string") return resultOf([text(value)]);
  return resultOf(Array.isArray(value) ? value : [value as ContentBlock]);
}

function resultOf(
  content: readonly ContentBlock[],
  structured?: unknown,
  meta?: JsonObject,
): CallToolResult {
  return {
    content,
    ...(structured !== undefined && { structuredContent: structured }),
    ...(meta && { _meta: meta }),
  } as unknown as CallToolResult;
}
