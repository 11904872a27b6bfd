import { Reply, s, text } from "@portico/core";

/** What the model should know besides the data; only there when there is something. */
export const note = s.optional(s.string());

/** The output of tools that change something and have nothing to show for it. */
export const doneOutput = s.object({ success: s.boolean(), message: s.string(), note });

/**
 * Answers with data whose text is `shown` as indented JSON, or a sentence. Notes are a text block of their own, so that
 * the first one stays what the official server answers, and a field of the structured content for hosts that show only that.
 */
export function answer<Data extends object>(
  shown: object | string,
  data: Data,
  ...notes: readonly (string | undefined)[]
): Reply<Data & { note?: string }> {
  const first = text(typeof shown === "string" ? shown : JSON.stringify(shown, null, 2));
  const said = notes.filter((one) => one !== undefined).join(" ");
  if (said === "") return new Reply([first], data);
  return new Reply([first, text(said)], { ...data, note: said });
}

/** Why not everything was searched that relations lead to. */
export const CROWDED = "more relations lead on from some entities than are followed.";

/** Says that something was done. */
export function done(
  message: string,
  ...notes: readonly (string | undefined)[]
): Reply<{ success: boolean; message: string; note?: string }> {
  return answer(message, { success: true, message }, ...notes);
}

/** Most names in one note. */
const MOST_NAMES = 20;

/** Most characters of a name in a note: a caller may ask for one of any length. */
const LONGEST_NAME = 100;

/** Names in a sentence, as JSON writes them, so that where one ends is beyond doubt; many are counted. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(beginning(name)));
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function beginning(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME).toWellFormed()}…`;
}

/** `lead` and the names, as a note; no note for no names. */
export function noteOn(lead: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${lead}: ${named(names)}.`;
}

/** Says that not everything that was to be deleted existed; nothing when it did. */
export function fewerEnded(ended: number, wanted: number): string | undefined {
  if (ended >= wanted) return undefined;
  return ended === 0 ? "Nothing of it was there." : `Only ${ended} of the ${wanted} were there.`;
}
