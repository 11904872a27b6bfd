/** What statements are ranked by; `resources` is the largest share of time, blocks or WAL. */
export const SORT_ORDERS = ["resources", "mean_time", "total_time"] as const;

/** One of them. */
export type SortOrder = (typeof SORT_ORDERS)[number];
