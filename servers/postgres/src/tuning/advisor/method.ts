/** How costs are found: by the planner with hypothetical indexes, or by rules. */
export const METHODS = ["dta", "rules"] as const;

export type Method = (typeof METHODS)[number];
