import type { LineRange } from "./lines.ts";

const RANGES = `blame(path: $path) {
  ranges {
    startingLine
    endingLine
    age
    commit { oid messageHeadline committedDate author { name email user { login } } }
  }
}`;

/** Which commit last changed each line of a file. */
export const BLAME = /* GraphQL */ `
  query ($owner: String!, $repo: String!, $ref: String!, $path: String!) {
    repository(owner: $owner, name: $repo) {
      object(expression: $ref) {
        ... on Commit { ${RANGES} }
        ... on Tag { target { ... on Commit { ${RANGES} } } }
      }
    }
  }
`;

/** Lines that one commit changed last. */
export interface BlamedLines {
  readonly startingLine: number;
  readonly endingLine: number;
  /** From 1, new, to 10. */
  readonly age: number;
  readonly commit: {
    readonly oid: string;
    readonly messageHeadline: string;
    readonly committedDate: string;
    readonly author: {
      readonly name: string | null;
      readonly email: string | null;
      readonly user: { readonly login: string } | null;
    } | null;
  };
}

interface Blamed {
  readonly blame?: { readonly ranges: readonly BlamedLines[] };
}

/** What {@link BLAME} answers. */
export interface BlameAnswer {
  readonly repository: { readonly object: (Blamed & { readonly target?: Blamed }) | null };
}

/** The ranges of an answer; undefined where the ref names no commit. */
export function rangesOf({ repository }: BlameAnswer): readonly BlamedLines[] | undefined {
  const { object } = repository;
  return (object?.blame ?? object?.target?.blame)?.ranges;
}

/** Those that overlap the wanted lines, cut to them. */
export function within(ranges: readonly BlamedLines[], wanted: LineRange): BlamedLines[] {
  const { start_line: first = 1, end_line: last = Number.POSITIVE_INFINITY } = wanted;
  return ranges
    .filter(({ startingLine, endingLine }) => endingLine >= first && startingLine <= last)
    .map((range) => ({
      ...range,
      startingLine: Math.max(range.startingLine, first),
      endingLine: Math.min(range.endingLine, last),
    }));
}
