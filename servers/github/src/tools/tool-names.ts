import { allTools } from "./all-tools.ts";

/** The names of all tools there are, listed or not. */
export const toolNames: ReadonlySet<string> = new Set(allTools.map(({ name }) => name));
