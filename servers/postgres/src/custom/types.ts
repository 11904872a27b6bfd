/** The types a parameter may have. */
export const PARAMETER_TYPES = [
  "string",
  "integer",
  "number",
  "boolean",
  "date",
  "timestamp",
  "uuid",
  "json",
  "string[]",
  "integer[]",
  "number[]",
] as const;

export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** A value for `$1`, `$2`, … in the order of the list. */
export interface CustomParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly description?: string | undefined;
  /** The only values there are. */
  readonly enum?: readonly (string | number)[] | undefined;
  /** Bound when a caller gives none. */
  readonly default?: unknown;
  /** Whether a caller must give it; NULL is bound otherwise. True unless there is a default. */
  readonly required: boolean;
}

/** A statement an operator made a tool of. */
export interface CustomTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description: string;
  readonly sql: string;
  readonly parameters: readonly CustomParameter[];
  /** Whether it may change rows. */
  readonly write: boolean;
  /** The first database when absent. */
  readonly database?: string | undefined;
  /** Most rows in an answer. */
  readonly limit: number;
}
