import { GoogleError } from "./error.ts";

/** Says that a value cannot stand in a path: a URL would resolve it, or it is empty. */
export function noId(value: string): GoogleError {
  return new GoogleError(`"${value}" is no id; take one from search.`);
}
