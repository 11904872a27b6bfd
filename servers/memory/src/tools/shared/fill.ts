import { FIRST_PORTION, PORTION } from "../../budget.ts";
import type { PageOf, Paging } from "../../graph/types.ts";
import type { Budget } from "./budget.ts";

/** What to take from a list. */
interface Wanted<T, Shown> {
  /** Reads a page of the list. */
  list(paging: Paging): Promise<PageOf<T>>;
  /** How an entry is answered. */
  show(item: T): Shown;
  /** Makes of an entry that is too large by itself what fits. It is answered whole when absent. */
  shorten?(shown: Shown, budget: Budget): Shown;
  readonly limit: number;
  /** How many to read at first, where reading twice costs more than reading much. */
  readonly portion?: number;
  readonly after?: string | undefined;
  readonly budget: Budget;
}

/** Entries as they are answered, and where the list goes on. */
interface Filled<Shown> {
  readonly items: Shown[];
  readonly next?: string | undefined;
}

/** Takes entries from a list, one in any case, until there are `limit` or the budget is used up. */
export async function fill<T, Shown>(wanted: Wanted<T, Shown>): Promise<Filled<Shown>> {
  const { list, show, limit, budget } = wanted;
  const items: Shown[] = [];
  let { after, portion = FIRST_PORTION } = wanted;
  for (; items.length < limit; portion = Math.min(2 * portion, PORTION)) {
    const page = await list({ limit: Math.min(portion, limit - items.length), after });
    const shown = page.items.map(show);
    const over = shown.findIndex((item) => !budget.take(item));
    if (over >= 0) {
      const taken = shown.slice(0, over);
      if (items.length + over === 0) taken.push(shortened(shown[0] as Shown, wanted));
      items.push(...taken);
      return { items, next: await nextAfter(list, taken.length, after) };
    }
    items.push(...shown);
    if (page.next === undefined) return { items };
    after = page.next;
  }
  return { items, next: after };
}

function shortened<T, Shown>(item: Shown, { shorten, budget }: Wanted<T, Shown>): Shown {
  return shorten ? shorten(item, budget) : item;
}

/** Where a list goes on after `count` more entries: only the list itself knows how it says that. */
async function nextAfter<T>(
  list: (paging: Paging) => Promise<PageOf<T>>,
  count: number,
  after: string | undefined,
): Promise<string | undefined> {
  return count === 0 ? after : (await list({ limit: count, after })).next;
}
