/** Tells the functions that the operator allows. */
export type AllowedFunctions = (schema: string, name: string) => boolean;

const PATTERN = /^([^.]+)\.([^.]+)$/;

/**
 * Reads what `--allow-function` says: `schema.name`, or `schema.*` for all of a schema.
 * @throws {Error} with the one that is neither
 */
export function allowFunctions(patterns: readonly string[]): AllowedFunctions {
  const allowed = new Set(patterns);
  for (const pattern of patterns) {
    if (!PATTERN.test(pattern)) {
      throw new Error(
        `"${pattern}" is no function: write schema.name, or schema.* for all of a schema.`,
      );
    }
  }
  return (schema, name) => allowed.has(`${schema}.${name}`) || allowed.has(`${schema}.*`);
}
