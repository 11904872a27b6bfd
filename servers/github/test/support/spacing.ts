import Bottleneck from "bottleneck";
import type { Spacing } from "../../src/api/spacing.ts";

/** Requests as near to one another as they come, for tests of what is asked and not of when. */
export function unspaced(): Required<Spacing> {
  const group = () => new Bottleneck.Group({ maxConcurrent: 1 });
  return { write: group(), search: group(), notifications: group() };
}
