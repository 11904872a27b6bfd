import type { Repository } from "../../api/github.ts";
import type { ToolCall } from "./github-tool.ts";

/**
 * Those of a list that may be shown, whose items belong to repositories no argument named. What is outside the
 * allow-list is not there at all; what lockdown withholds is counted.
 */
export async function shownElsewhere<T>(
  items: readonly T[],
  placeOf: (item: T) => Repository,
  authorOf: (item: T) => string | undefined,
  call: ToolCall,
): Promise<{ readonly kept: T[]; readonly withheld: number; readonly from: Repository[] }> {
  const inside = items.filter((item) => {
    const { owner, repo } = placeOf(item);
    return call.admits(owner, repo);
  });
  const verdicts = await Promise.all(
    inside.map((item) => call.mayShow(placeOf(item), authorOf(item))),
  );
  const kept = inside.filter((_, index) => verdicts[index]);
  return { kept, withheld: inside.length - kept.length, from: kept.map(placeOf) };
}
