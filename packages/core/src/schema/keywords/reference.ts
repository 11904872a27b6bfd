import { readString } from "../error.ts";
import type { Keyword } from "./builder.ts";

/** `$ref`. */
export const ref: Keyword = (schema, builder) => {
  const target = readString(schema, "$ref");
  return target === undefined ? undefined : builder.reference(target);
};

/** `$dynamicRef`. */
export const dynamicRef: Keyword = (schema, builder) => {
  const target = readString(schema, "$dynamicRef");
  return target === undefined ? undefined : builder.dynamicReference(target);
};
