import { type Context, ToolError } from "@portico/core";
import { withoutInvisible } from "@portico/remote-api";
import type { Deps } from "../../../deps.ts";
import { type Cell, isFormula, reachingFunctions } from "../../../editing/sheets/formulas.ts";
import { askFirst } from "../../changing/shared/consent.ts";

/** How values are taken: as they are, or as if a person had typed them. */
export type Entering = "raw" | "user_entered";

const MOST_CELLS = 50_000;
const MOST_SHOWN = 300;

/**
 * Judges values before they are written: formulas that reach out of the spreadsheet could carry what is in other cells
 * to whoever made them up, so the user is asked first.
 * @returns how many of the values Sheets will take for formulas
 * @throws {ToolError} when there are too many values, or the user does not agree
 */
export async function judgeValues(
  values: readonly (readonly Cell[])[],
  entering: Entering,
  ctx: Context<Deps>,
): Promise<number> {
  const cells = values.flat();
  if (cells.length === 0) throw new ToolError("There are no values to write.");
  if (cells.length > MOST_CELLS) {
    throw new ToolError(`These are more than ${MOST_CELLS} cells; write fewer at a time.`);
  }
  if (entering === "raw") return 0;
  const formulas = cells.filter(isFormula);
  const reaching = reachingFunctions(values);
  if (reaching.length > 0) {
    const first = formulas.find((cell) => reachingFunctions([[cell]]).length > 0);
    const which = reaching.join(", ");
    await askFirst(ctx, {
      question: `Write formulas with ${which}, which contact other addresses and may send them what is in the spreadsheet? The first is ${short(withoutInvisible(String(first)))}`,
      what: `Writing formulas with ${which}`,
      otherwise: "write other formulas, or values, or ask the user to enter them.",
    });
  }
  return formulas.length;
}

/** What is said of formulas that were, or were not, written. */
export function noteOn(
  values: readonly (readonly Cell[])[],
  entering: Entering,
  formulas: number,
): string {
  if (formulas > 0) return ` ${formulas} of them are taken for formulas.`;
  const isMeant = entering === "raw" && values.flat().some((cell) => /^=/.test(String(cell)));
  return isMeant ? ' Texts that begin with "=" stayed texts; user_entered makes formulas.' : "";
}

function short(formula: string): string {
  const isLong = formula.length > MOST_SHOWN;
  return isLong ? `${formula.slice(0, MOST_SHOWN).toWellFormed()}…` : formula;
}
