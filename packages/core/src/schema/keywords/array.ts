import { fingerprint } from "../equal.ts";
import { readCount, readList, SchemaError } from "../error.ts";
import type { Rule } from "../run.ts";
import type { Builder, Keyword } from "./builder.ts";

/** `prefixItems` with `items`. */
export const items: Keyword = (schema, builder) => {
  if (Array.isArray(schema.items)) {
    throw new SchemaError(
      "items must be one schema; for a tuple write prefixItems, or declare draft-07 in $schema.",
    );
  }
  const prefix = readList(schema, "prefixItems");
  if (prefix) return tuple("prefixItems", prefix, "items", schema.items, builder);
  return schema.items === undefined ? undefined : every(builder.child(schema.items, "items"));
};

/** draft-07 `items`, which may be a list, with `additionalItems`. */
export const draft07Items: Keyword = (schema, builder) => {
  if (Array.isArray(schema.items)) {
    return tuple("items", schema.items, "additionalItems", schema.additionalItems, builder);
  }
  return schema.items === undefined ? undefined : every(builder.child(schema.items, "items"));
};

function every(rule: Rule): Rule {
  return (value, run, seen) => {
    if (!Array.isArray(value)) return true;
    if (seen) seen.everyItem = true;
    run.spend(value.length);
    let ok = true;
    for (let i = 0; i < value.length; i++) {
      const mark = run.issues.length;
      if (rule(value[i], run, undefined)) continue;
      ok = run.within(mark, i);
      if (run.quiet > 0) return false;
    }
    return ok;
  };
}

function tuple(
  prefixKeyword: string,
  prefix: readonly unknown[],
  restKeyword: string,
  restSchema: unknown,
  builder: Builder,
): Rule {
  const rules = prefix.map((schema) => builder.child(schema, prefixKeyword));
  const rest = restSchema === undefined ? undefined : builder.child(restSchema, restKeyword);
  return (value, run, seen) => {
    if (!Array.isArray(value)) return true;
    const end = rest ? value.length : Math.min(value.length, rules.length);
    if (seen) seen.prefix = Math.max(seen.prefix, end);
    run.spend(end);
    let ok = true;
    for (let i = 0; i < end; i++) {
      const mark = run.issues.length;
      const rule = rules[i] ?? rest;
      if (!rule || rule(value[i], run, undefined)) continue;
      ok = run.within(mark, i);
      if (run.quiet > 0) return false;
    }
    return ok;
  };
}

/** `contains` with `minContains` and `maxContains`. */
export const contains: Keyword = (schema, builder) => {
  if (schema.contains === undefined) return undefined;
  const draft07 = builder.resource.dialect.draft === "draft-07";
  const least = (draft07 ? undefined : readCount(schema, "minContains")) ?? 1;
  const most = (draft07 ? undefined : readCount(schema, "maxContains")) ?? Number.POSITIVE_INFINITY;
  const rule = builder.child(schema.contains, "contains");
  return (value, run, seen) => {
    if (!Array.isArray(value)) return true;
    run.spend(value.length);
    run.quiet += 1;
    let count = 0;
    for (let i = 0; i < value.length; i++) {
      if (!rule(value[i], run, undefined)) continue;
      count += 1;
      seen?.item(i);
      // Without an upper bound and nobody counting evaluated items, enough is enough.
      if (!seen && most === Number.POSITIVE_INFINITY && count >= least) break;
    }
    run.quiet -= 1;
    if (count < least) {
      return run.fail("contains", `must contain at least ${least} item of the described kind`);
    }
    return count <= most || run.fail("maxContains", `must contain at most ${most} such items`);
  };
};

/** `minItems`. */
export const minItems: Keyword = (schema) => {
  const limit = readCount(schema, "minItems");
  if (limit === undefined) return undefined;
  const message = `must have at least ${limit} ${limit === 1 ? "item" : "items"}`;
  return (value, run) =>
    !Array.isArray(value) || value.length >= limit || run.fail("minItems", message);
};

/** `maxItems`. */
export const maxItems: Keyword = (schema) => {
  const limit = readCount(schema, "maxItems");
  if (limit === undefined) return undefined;
  const message = `must have at most ${limit} ${limit === 1 ? "item" : "items"}`;
  return (value, run) =>
    !Array.isArray(value) || value.length <= limit || run.fail("maxItems", message);
};

/** `uniqueItems`, in time linear in the array's size. */
export const uniqueItems: Keyword = (schema) => {
  if (schema.uniqueItems !== true) return undefined;
  return (value, run) => {
    if (!Array.isArray(value)) return true;
    run.spend(value.length);
    const known = new Map<unknown, number>();
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      const key = typeof item === "number" ? item : fingerprint(item);
      if (typeof key === "string") run.spend(key.length >> 3);
      const earlier = known.get(key);
      if (earlier !== undefined) {
        return run.fail("uniqueItems", `must have no equal items; ${earlier} and ${i} are equal`);
      }
      known.set(key, i);
    }
    return true;
  };
};
