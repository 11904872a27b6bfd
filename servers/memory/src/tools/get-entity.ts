import { s, ToolError } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { described, factsOf } from "../detailed.ts";
import { asOf } from "../instant.ts";
import { answer, note } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { goOn, noSuchCursor } from "./shared/paging.ts";
import { at, cursor, next, project } from "./shared/schemas.ts";

const by = s.optional(s.string());

/** Reads one entity with where each fact comes from. */
export const getEntity = graphTool({
  name: "get_entity",
  title: "Get Entity",
  description:
    "Read one entity in full: tags, importance, times, and for each fact when and by whom it was written.",
  input: s.object({ name: s.string(), cursor, at, project }),
  output: s.object({
    name: s.string(),
    entityType: s.string(),
    tags: s.array(s.string(), { description: "Told before the facts, page by page" }),
    importance: s.number(),
    createdAt: s.string(),
    updatedAt: s.string(),
    by,
    facts: s.array(
      s.object({ text: s.string(), part: s.optional(s.string()), at: s.string(), by }),
    ),
    next,
    note,
  }),
  annotations: READS,
  async run({ name, cursor, at }, { store, scope }) {
    const [found] = await store.openEntities(scope, [name], asOf(at));
    if (!found) {
      throw new ToolError(
        `There is no entity ${JSON.stringify(name)}${at === undefined ? "" : ` at ${at}`}; search_nodes finds names.`,
      );
    }
    const { tags, ...about } = described(found);
    const all = [...tags, ...factsOf(found)];
    const budget = new Budget(ANSWER_BYTES);
    budget.take(about);
    const shown = { ...about, ...pageOf(all, placeOf(cursor, all), budget) };
    return answer(JSON.stringify(shown), shown, goOn(shown.next));
  },
});

type Fact = ReturnType<typeof factsOf>[number];

/** What an entity has many of: a tag, or a fact. Tags come first. */
type Entry = string | Fact;

/** Where a page begins: at a character of an entry. */
interface Place {
  readonly entry: number;
  readonly character: number;
}

/** As many entries as an answer holds, or a part of a fact that is larger than that. */
function pageOf(all: readonly Entry[], { entry, character }: Place, budget: Budget) {
  const taken = character > 0 ? [] : budget.takeFirst(all.slice(entry));
  const fact = all[entry];
  if (taken.length === 0 && typeof fact === "object") {
    const { text, end } = partOf(fact, character, budget);
    const part = `${character + 1}-${end} of ${fact.text.length} characters`;
    const next = end < fact.text.length ? { next: `${entry}.${end}` } : nextEntry(entry + 1, all);
    return { tags: [], facts: [{ ...fact, text, part }], ...next };
  }
  return {
    tags: taken.filter((one) => typeof one === "string"),
    facts: taken.filter((one) => typeof one === "object"),
    ...nextEntry(entry + taken.length, all),
  };
}

function nextEntry(entry: number, { length }: readonly Entry[]): { next?: string } {
  return entry < length ? { next: String(entry) } : {};
}

/** As much of a fact from a character on as there is room for, and no half of a character; with where it ends. */
function partOf(fact: Fact, character: number, budget: Budget): { text: string; end: number } {
  budget.take({ ...fact, text: "" });
  let text = fact.text.slice(character);
  for (let length = ANSWER_BYTES; !budget.take(text); length = Math.floor(length / 2)) {
    const isSplit = /[\ud800-\udbff]/.test(fact.text.charAt(character + length - 1));
    text = fact.text.slice(character, character + length - (isSplit ? 1 : 0));
  }
  return { text, end: character + text.length };
}

function placeOf(cursor: string | undefined, all: readonly Entry[]): Place {
  if (cursor === undefined) return { entry: 0, character: 0 };
  const [, entry, character = "0"] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(cursor) ?? [];
  const place = { entry: Number(entry), character: Number(character) };
  const found = all[place.entry];
  const length = typeof found === "object" ? found.text.length : 0;
  if (found !== undefined && (place.character === 0 || place.character < length)) return place;
  throw noSuchCursor();
}
