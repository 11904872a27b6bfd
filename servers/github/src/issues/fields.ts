import { GitHubError } from "../api/error.ts";
import type { GitHub } from "../api/github.ts";

/** A field an organization's issues have. */
export interface IssueField {
  readonly id: number;
  readonly name: string;
  readonly data_type: string;
  readonly description?: string | null;
  readonly options?: readonly { readonly name: string }[] | null;
}

/** What is to become of one field of an issue, as a model says it: nothing of it has been checked. */
export interface FieldChange {
  readonly field_name?: unknown;
  readonly value?: unknown;
  readonly field_option_name?: unknown;
  readonly delete?: unknown;
}

/** A value that issues are filtered by, unchecked as well. */
export interface FieldFilter {
  readonly field_name?: unknown;
  readonly value?: unknown;
}

type Value = string | number | string[];

/** The same for GitHub: what to set and what to clear, by the fields' ids. */
export interface FieldChanges {
  readonly set: { field_id: number; value: Value }[];
  readonly clear: number[];
}

/** The fields that issues of an organization's repositories have. A user's have none. */
export async function issueFields(github: GitHub, org: string): Promise<IssueField[]> {
  const { data } = await github.request("GET /orgs/{org}/issue-fields", { org });
  return data as IssueField[];
}

/**
 * Finds the fields that are meant.
 * @throws {GitHubError} for a field or an option there is not, and for more or less than one value
 */
export function fieldChanges(
  changes: readonly FieldChange[],
  fields: readonly IssueField[],
): FieldChanges {
  const set: { field_id: number; value: Value }[] = [];
  const clear: number[] = [];
  for (const change of changes) {
    const field = fieldNamed(change.field_name, fields);
    const { value, field_option_name: option } = change;
    const isCleared = change.delete === true;
    if ([value, option, isCleared || undefined].filter((one) => one !== undefined).length !== 1) {
      throw new GitHubError(
        `Give the field "${field.name}" one of value, field_option_name and delete: true.`,
      );
    }
    if (isCleared) clear.push(field.id);
    else if (option === undefined) set.push({ field_id: field.id, value: fieldValueOf(value) });
    else set.push({ field_id: field.id, value: optionNamed(String(option), field) });
  }
  return { set, clear };
}

/** A filter of GitHub's list of issues: `slug:value`, several joined by commas. */
export function fieldFilter(
  filters: readonly FieldFilter[],
  fields: readonly IssueField[],
): string {
  return filters
    .map((filter) => {
      const field = fieldNamed(filter.field_name, fields);
      const value = String(filter.value ?? "");
      if (value === "" || /[,:]/.test(value)) {
        throw new GitHubError(`Filter by a value of "${field.name}" without a comma or a colon.`);
      }
      const wanted = field.options ? optionNamed(value, field) : value;
      return `${field.name.toLowerCase().replace(/[^a-z\d]+/g, "-")}:${wanted}`;
    })
    .join(",");
}

function fieldValueOf(value: unknown): Value {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "number" ? value : String(value);
}

function fieldNamed(name: unknown, fields: readonly IssueField[]): IssueField {
  const wanted = String(name ?? "");
  const found = fields.find((field) => field.name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  const names = fields.map((field) => `"${field.name}"`).join(", ");
  throw new GitHubError(`Issues have no field "${wanted}"; they have ${names || "none"}.`);
}

function optionNamed(name: string, field: IssueField): string {
  const names = (field.options ?? []).map((option) => option.name);
  const found = names.find((option) => option.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new GitHubError(
    `The field "${field.name}" has no option "${name}"; its options are ${names.join(", ") || "none"}.`,
  );
}
