import { expand, type TemplateValue } from "./uri-template/expand.ts";
import { match, type TemplateVariables } from "./uri-template/match.ts";
import { parse } from "./uri-template/parse.ts";

export type { TemplateValue } from "./uri-template/expand.ts";
export type { TemplateVariables } from "./uri-template/match.ts";

/** A URI template (RFC 6570, all four levels), ready to make URIs and to recognise them. */
export interface UriTemplate {
  readonly template: string;
  /** The variables' names, each once, in the order they first occur. */
  readonly variables: readonly string[];
  /** The URI for `values`. Variables without a value are left out as the RFC says. */
  expand(values: Readonly<Record<string, TemplateValue>>): string;
  /**
   * The variables of a URI that fits the template, percent-decoded; undefined if it does not fit. A
   * plain `{name}` takes at least one character and no `/`, `?` or `#`; parts that an operator
   * introduces (`{/path*}`, `{?q,lang}`) may be missing, and then so are their variables; the order of
   * query parameters does not matter, but each must be in the template.
   */
  match(uri: string): TemplateVariables | undefined;
}

/**
 * Parses a URI template.
 * @throws {SyntaxError} when it is not one, saying which expression is wrong
 */
export function parseUriTemplate(template: string): UriTemplate {
  const parts = parse(template);
  const names = parts.flatMap((part) =>
    typeof part === "string" ? [] : part.variables.map(({ name }) => name),
  );
  return {
    template,
    variables: [...new Set(names)],
    expand: (values) => expand(parts, values),
    match: (uri) => match(parts, uri),
  };
}
