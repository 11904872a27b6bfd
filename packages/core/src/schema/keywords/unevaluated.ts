import { isPlainObject } from "../error.ts";
import type { JsonSchemaObject } from "../json-schema.ts";
import { type Rule, type Run, Seen } from "../run.ts";
import type { Builder } from "./builder.ts";

/**
 * Adds `unevaluatedProperties` and `unevaluatedItems` to `rule`, the rest of their schema: they look at
 * what it left unevaluated (2020-12 core, section 11).
 */
export function unevaluated(rule: Rule, schema: JsonSchemaObject, builder: Builder): Rule {
  const { unevaluatedProperties, unevaluatedItems } = schema;
  if (unevaluatedProperties === undefined && unevaluatedItems === undefined) return rule;
  const forKeys =
    unevaluatedProperties === undefined
      ? undefined
      : builder.child(unevaluatedProperties, "unevaluatedProperties");
  const forItems =
    unevaluatedItems === undefined
      ? undefined
      : builder.child(unevaluatedItems, "unevaluatedItems");
  return (value, run, seen) => {
    const own = new Seen();
    // Issues about leftovers would mislead where the schema did not match in the first place.
    if (!rule(value, run, own)) return false;
    let ok = true;
    if (forItems && Array.isArray(value)) ok = checkItems(forItems, value, run, own);
    else if (forKeys && isPlainObject(value)) ok = checkKeys(forKeys, value, run, own);
    if (ok) seen?.add(own, run);
    return ok;
  };
}

function checkKeys(rule: Rule, value: Record<string, unknown>, run: Run, own: Seen): boolean {
  let ok = true;
  const keys = Object.keys(value);
  run.spend(keys.length);
  for (const key of keys) {
    if (own.has(key) || value[key] === undefined) continue;
    const mark = run.issues.length;
    if (!rule(value[key], run, undefined)) ok = run.within(mark, key);
  }
  own.everyKey = true;
  return ok;
}

function checkItems(rule: Rule, value: readonly unknown[], run: Run, own: Seen): boolean {
  let ok = true;
  run.spend(value.length);
  for (let i = 0; i < value.length; i++) {
    if (own.hasItem(i)) continue;
    const mark = run.issues.length;
    if (!rule(value[i], run, undefined)) ok = run.within(mark, i);
  }
  own.everyItem = true;
  return ok;
}
