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

/** What is to become of one field of an issue. */
export interface FieldChange {
  readonly field_name: string;
  readonly value?: string | number | boolean;
  readonly field_option_name?: string;
  readonly delete?: boolean;
}

/** The same for GitHub: what to set and what to clear, by the fields' ids. */
export interface FieldChanges {
  readonly set: { field_id: number; value: string | number }[];
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
  const set: { field_id: number; value: string | number }[] = [];
  const clear: number[] = [];
  for (const change of changes) {
    const field = fieldNamed(change.field_name, fields);
    const { value, field_option_name: option, delete: isCleared } = change;
    if ([value, option, isCleared || undefined].filter((one) => one !== undefined).length !== 1) {
      throw new GitHubError(
        `Give the field "${field.name}" one of value, field_option_name and delete: true.`,
      );
    }
    if (isCleared) clear.push(field.id);
    else if (option !== undefined)
      set.push({ field_id: field.id, value: optionNamed(option, field) });
    else set.push({ field_id: field.id, value: typeof value === "number" ? value : String(value) });
  }
  return { set, clear };
}

/** A filter of GitHub's list of issues: `slug:value`, several joined by commas. */
export function fieldFilter(
  filters: readonly { readonly field_name: string; readonly value: string }[],
  fields: readonly IssueField[],
): string {
  return filters
    .map(({ field_name: name, value }) => {
      const field = fieldNamed(name, fields);
      if (/[,:]/.test(value)) {
        throw new GitHubError(`A value to filter by "${field.name}" has no comma and no colon.`);
      }
      const wanted = field.options ? optionNamed(value, field) : value;
      return `${field.name.toLowerCase().replace(/[^a-z\d]+/g, "-")}:${wanted}`;
    })
    .join(",");
}

function fieldNamed(name: string, fields: readonly IssueField[]): IssueField {
  const found = fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = fields.map((field) => `"${field.name}"`).join(", ");
  throw new GitHubError(`Issues have no field "${name}"; they have ${names || "none"}.`);
}

function optionNamed(name: string, field: IssueField): string {
  const names = (field.options ?? []).map((option) => option.name);
  const found = names.find((option) => option.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new GitHubError(
    `The field "${field.name}" has no option "${name}"; its options are ${names.join(", ") || "none"}.`,
  );
}
