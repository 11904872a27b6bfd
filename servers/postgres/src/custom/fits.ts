import type { ParameterType } from "./types.ts";

/** JSON Schema for the values of a type. */
export function schemaOf(type: ParameterType): { readonly [keyword: string]: unknown } {
  if (type.endsWith("[]"))
    return { type: "array", items: schemaOf(type.slice(0, -2) as ParameterType) };
  switch (type) {
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return { type };
    case "date":
    case "uuid":
      return { type: "string", format: type };
    case "timestamp":
      return { type: "string" };
    default:
      return {};
  }
}

/** Whether a value written in the file is one of a type. */
export function fits(type: ParameterType, value: unknown): boolean {
  if (type.endsWith("[]")) {
    const item = type.slice(0, -2) as ParameterType;
    return Array.isArray(value) && value.every((one) => fits(item, one));
  }
  switch (type) {
    case "json":
      return true;
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    default:
      return typeof value === "string";
  }
}
