import type { Repository } from "../../api/github.ts";
import type { ToolCall } from "./github-tool.ts";

/** Whether what `author` wrote in a repository that no argument named may be shown: allow-list and lockdown. */
export async function mayShowElsewhere(
  place: Repository,
  author: string | undefined,
  call: ToolCall,
): Promise<boolean> {
  return call.admits(place.owner, place.repo) && (await call.mayShow(place, author));
}

/** Those of a list that may be shown, whose items belong to repositories no argument named. */
export async function shownElsewhere<T>(
  items: readonly T[],
  placeOf: (item: T) => Repository,
  authorOf: (item: T) => string | undefined,
  call: ToolCall,
): Promise<{ readonly kept: T[]; readonly withheld: number; readonly from: Repository[] }> {
  const verdicts = await Promise.all(
    items.map((item) => mayShowElsewhere(placeOf(item), authorOf(item), call)),
  );
  const kept = items.filter((_, index) => verdicts[index]);
  return { kept, withheld: items.length - kept.length, from: kept.map(placeOf) };
}
