import { scan } from "../guard/parser.ts";

/** How many values a statement takes: the highest n of its `$n`. */
export async function placeholders(sql: string): Promise<number> {
  if (!sql.includes("$")) return 0;
  const bytes = Buffer.from(sql);
  const numbers = (await scan(sql))
    .filter(({ tokenName }) => tokenName === "PARAM")
    .map(({ start, end }) => Number(bytes.toString("utf8", start + 1, end)));
  return Math.max(0, ...numbers);
}
