import {
  type Context,
  jsonSchema,
  type Reply,
  type ToolSource,
  type ToolValue,
} from "@portico/core";
import { schemaOf } from "../custom/fits.ts";
import type { CustomParameter, CustomTool } from "../custom/types.ts";
import type { Deps } from "../deps.ts";
import { judge } from "../guard/judge.ts";
import type { Reach } from "../reach.ts";
import { reach } from "../reach.ts";
import { admit } from "./shared/admit.ts";
import { change, changeOutput } from "./shared/change.ts";
import { databaseTool } from "./shared/database-tool.ts";
import { readRows } from "./shared/reading.ts";
import { rowsOutput } from "./shared/rows.ts";
import { changeIn } from "./shared/within.ts";

type Values = Readonly<Record<string, unknown>>;

/** The tools that an operator's file has at the time of each call. */
export function customTools(file: { readonly tools: readonly CustomTool[] }): ToolSource<Deps> {
  const made = new WeakMap<CustomTool, ToolValue<Deps>>();
  const make = (one: CustomTool): ToolValue<Deps> => {
    const known = made.get(one) ?? (one.write ? changing(one) : reading(one))([]);
    made.set(one, known);
    return known;
  };
  return { list: async () => file.tools.map(make) };
}

function reading(custom: CustomTool) {
  return databaseTool({
    ...describe(custom),
    output: rowsOutput,
    annotations: { readOnlyHint: true },
    run: (args: Values, on: Reach, ctx: Context<Deps>) => {
      const limits = { rows: custom.limit, format: "json" } as const;
      const asked = { sql: custom.sql, params: valuesOf(custom, args), limits };
      return readRows(asked, onOwn(custom, on, ctx), ctx);
    },
  });
}

// An operator who wrote the statement has decided that it may run: nobody is asked first.
function changing(custom: CustomTool) {
  return databaseTool({
    ...describe(custom),
    output: changeOutput,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
    async run(args: Values, first: Reach, ctx: Context<Deps>): Promise<Reply<never>> {
      const on = onOwn(custom, first, ctx);
      const judgement = await judge(custom.sql, ctx.deps.accessMode);
      const asked = { sql: judgement.sql, params: valuesOf(custom, args) };
      const limits = { rows: custom.limit, format: "json" } as const;
      const answer = await changeIn(undefined, on, ctx, async (session) =>
        change(await admit(session, judgement, on, ctx), asked, limits),
      );
      return answer as Reply<never>;
    },
  });
}

function onOwn({ database }: CustomTool, on: Reach, ctx: Context<Deps>): Reach {
  return database === undefined ? on : reach(ctx, database);
}

function describe({ name, title = name, description, parameters }: CustomTool) {
  const properties = Object.fromEntries(parameters.map((one) => [one.name, propertyOf(one)]));
  const required = parameters.filter((one) => one.required).map((one) => one.name);
  const input = jsonSchema<Values>({
    type: "object",
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  });
  return { name, title, description, input };
}

function propertyOf({ type, description, enum: values, default: usual }: CustomParameter) {
  return {
    ...schemaOf(type),
    ...(description !== undefined && { description }),
    ...(values && { enum: [...values] }),
    ...(usual !== undefined && { default: usual as never }),
  };
}

/** The values of `$1`, `$2`, …; what is JSON is bound as its text, lists included. */
function valuesOf({ parameters }: CustomTool, args: Values): unknown[] {
  return parameters.map(({ name, type, default: usual }) => {
    const value = Object.hasOwn(args, name) ? args[name] : usual;
    if (value === undefined) return null;
    return type === "json" ? JSON.stringify(value) : value;
  });
}
