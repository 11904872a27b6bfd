import { schema as github } from "@octokit/graphql-schema";
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import { json } from "./answers.ts";
import type { FakeRoutes } from "./github.ts";
import type { FakeUser, World } from "./world.ts";

/** What a field answers: the object it belongs to, its arguments, and who asks. */
export type Answer = (
  // biome-ignore lint/suspicious/noExplicitAny: each answer knows the object its own field belongs to
  source: any,
  // biome-ignore lint/suspicious/noExplicitAny: the schema checked them
  args: any,
  asking: Asking,
) => unknown;

/** What is asked by whom, of which GitHub. */
export interface Asking {
  readonly user: FakeUser;
  readonly world: World;
}

/** Answers by type and field; `undefined` leaves it to the next part. A field without one is the member of that name of its object, called if it is a function. */
export type Answers = Readonly<Record<string, Readonly<Record<string, Answer>>>>;

/** What the fake says to a document. */
export interface GraphqlResponse {
  readonly data?: unknown;
  readonly errors?: readonly { readonly type?: string; readonly message: string }[];
}

/** GitHub refuses: the words and the type it gives them. */
export class FakeRefusal extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

let loaded: GraphQLSchema | undefined;

/** GitHub's own schema, read once. */
function githubSchema(): GraphQLSchema {
  loaded ??= buildSchema(github.idl, { assumeValid: true, assumeValidSDL: true });
  return loaded;
}

/** What GitHub's schema says against a document; nothing when it is right. */
export function complaintsAbout(document: string): string[] {
  return validate(githubSchema(), parse(document)).map(({ message }) => message);
}

/** Answers a document as GitHub does: checked against its schema, an unknown object as null with NOT_FOUND. */
export async function answerGraphql(
  body: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> },
  parts: readonly Answers[],
  asking: Asking,
): Promise<GraphqlResponse> {
  const document: DocumentNode = parse(body.query);
  const wrong = validate(githubSchema(), document);
  if (wrong.length > 0) return { errors: wrong.map(({ message }) => ({ message })) };
  const { data, errors } = await execute({
    schema: githubSchema(),
    document,
    variableValues: body.variables ?? {},
    contextValue: asking,
    fieldResolver: resolverOf(parts),
  });
  if (errors === undefined) return { data };
  const said = errors.map(({ message, originalError, path }) => ({
    ...(originalError instanceof FakeRefusal && { type: originalError.type }),
    ...(path && { path }),
    message,
  }));
  return { data, errors: said };
}

function resolverOf(parts: readonly Answers[]): GraphQLFieldResolver<unknown, Asking> {
  return (source, args, asking, { fieldName, parentType }) => {
    for (const part of parts) {
      const answer = part[parentType.name]?.[fieldName];
      const said = answer?.(source, args, asking);
      if (said !== undefined) return said;
    }
    const value = (source as Record<string, unknown> | undefined)?.[fieldName];
    return typeof value === "function" ? value.call(source, args, asking) : value;
  };
}

/** The route of GraphQL, answered by these parts. */
export function graphqlRoutes(...parts: readonly Answers[]): FakeRoutes {
  return {
    "POST /graphql": async (asking) => json(await answerGraphql(asking.body, parts, asking)),
  };
}

/** A connection of these nodes: as many as asked for, after the cursor given. */
export function connection<Node>(
  nodes: readonly Node[],
  {
    first = 100,
    after,
  }: { readonly first?: number | null; readonly after?: string | null | undefined } = {},
) {
  const start = after ? Number(Buffer.from(after, "base64").toString().slice("cursor:".length)) : 0;
  const end = Math.min(nodes.length, start + (first ?? 100));
  const cursor = (at: number) => Buffer.from(`cursor:${at}`).toString("base64");
  return {
    nodes: nodes.slice(start, end),
    totalCount: nodes.length,
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: start < end ? cursor(start) : null,
      endCursor: start < end ? cursor(end) : null,
    },
  };
}
