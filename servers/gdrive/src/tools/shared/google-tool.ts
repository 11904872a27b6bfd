import {
  type ContentBlock,
  type Context,
  jsonSchema,
  type Output,
  Reply,
  type Schema,
  type ToolAnnotations,
  type ToolReturn,
  type ToolValue,
  text,
  tool,
} from "@portico/core";
import { type JsonValue, seen, seenIn, untrusted } from "@portico/remote-api";
import type { Need } from "../../auth/scopes.ts";
import type { Deps } from "../../deps.ts";
import { type Reach, reach } from "../../reach.ts";
import { forModel } from "../../told.ts";

/** What a call came to. Its texts are shown as a person would see them: cleaned here, unless they are already. */
export interface Answer<T> {
  /** Of the type of the tool's output; members that are undefined are left out. */
  readonly data: T;
  /** The same for the model to read; the data as JSON when absent. */
  readonly text?: string | undefined;
  /** Besides the text, such as an image. */
  readonly blocks?: readonly ContentBlock[];
  /** Whose words these are, as "a document in Google Drive": the model is told that they are data. */
  readonly source?: string;
  /** True where `data` and `text` were cleaned by the tool itself, as of source code, whose tags must stay. */
  readonly isClean?: boolean;
}

/** How a tool of this server is written: like any tool, but handed Google's APIs for its caller's account. */
interface GoogleToolDefinition<In extends Schema, Out extends Schema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** An object, without `account`. */
  readonly input: In;
  readonly output: Out;
  readonly annotations: Hints;
  /** What Google must have allowed; without it the tool is not offered. */
  readonly need: Need;
  /** Whether the operator's settings allow it; true when absent. */
  isOffered?(deps: Deps): boolean;
  run(args: Output<In>, google: Reach, ctx: Context<Deps>): Promise<Answer<Output<Out>>>;
}

type Hints = Required<Pick<ToolAnnotations, "readOnlyHint">> &
  Pick<ToolAnnotations, "destructiveHint" | "idempotentHint">;

/** A tool, and what it needs. */
export interface GoogleTool {
  readonly name: string;
  readonly need: Need;
  /** Whether it changes nothing. */
  readonly reads: boolean;
  isOffered(deps: Deps): boolean;
  /** The tool for callers who may choose among these accounts: with an argument `account` where there are several. */
  for(accounts: readonly string[]): ToolValue<Deps>;
}

/** Defines a tool that asks Google, whose refusals the model reads as they are. */
export function googleTool<In extends Schema, Out extends Schema>(
  definition: GoogleToolDefinition<In, Out>,
): GoogleTool {
  const { need, input, annotations, run, isOffered = () => true, ...described } = definition;
  return {
    name: definition.name,
    need,
    reads: annotations.readOnlyHint,
    isOffered,
    for: (accounts) =>
      tool({
        ...described,
        input: accounts.length > 1 ? choosing(input, accounts) : input,
        annotations: { ...annotations, openWorldHint: true },
        async run(args: Output<In> & { readonly account?: string }, ctx: Context<Deps>) {
          const { account, ...rest } = args;
          try {
            const answer = await run(rest as Output<In>, await reach(ctx, account), ctx);
            return (await replyOf(answer)) as ToolReturn<Output<Out>>;
          } catch (error) {
            throw forModel(error);
          }
        },
      }),
  };
}

function choosing<In extends Schema>({ json }: In, names: readonly string[]): Schema<Output<In>> {
  const account = { type: "string", enum: names, description: "Account of Google" } as const;
  return jsonSchema({ ...json, properties: { ...json.properties, account } });
}

async function replyOf<T>({
  data,
  text: said,
  blocks = [],
  source,
  isClean,
}: Answer<T>): Promise<Reply<T>> {
  // What JSON leaves out no schema shall meet.
  const plain = JSON.parse(JSON.stringify(data)) as JsonValue;
  const clean = isClean ? plain : await seenIn(plain);
  const words = said === undefined || isClean ? said : await seen(said);
  const marked = source === undefined ? [] : [text(untrusted(source))];
  return new Reply([text(words ?? JSON.stringify(clean)), ...blocks, ...marked], clean as T);
}
