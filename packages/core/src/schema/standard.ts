import type { JsonSchemaObject } from "./json-schema.ts";

/**
 * The part of Standard Schema (version 1, with its JSON Schema companion) this package relies on.
 * Zod 4, Valibot and ArkType values satisfy it as they are.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly jsonSchema?:
      | {
          readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
          readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
        }
      | undefined;
  };
}

/** How a library is asked for JSON Schema: the dialect, and settings only it understands. */
export interface JsonSchemaOptions {
  readonly target: "draft-2020-12";
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/** What `validate` answers: a value, or what is wrong with it. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One thing that is wrong, and where. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The type a schema's checked value has. */
export type Output<S> = S extends { readonly "~standard": { readonly types?: infer T } }
  ? NonNullable<T> extends { readonly output: infer O }
    ? O
    : unknown
  : unknown;

/** A schema that carries its own JSON Schema: what {@link s} builds and `jsonSchema()` wraps. */
export interface Schema<T = unknown> extends StandardSchema<T, T> {
  readonly json: JsonSchemaObject;
}
