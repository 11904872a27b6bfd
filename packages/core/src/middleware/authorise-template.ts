import { parseUriTemplate } from "../uri-template.ts";

/** How the URIs of a template begin once some of its variables are known. */
export interface Beginning {
  readonly text: string;
  /** True when nothing of the template was left open: the text is a whole URI. */
  readonly whole: boolean;
}

/**
 * The part of `template`'s URIs that is certain, given `values`; nothing when it is no template.
 * @param values what is known of its variables
 */
export function beginningOf(
  template: string,
  values: Readonly<Record<string, string>> = {},
): Beginning | undefined {
  try {
    parseUriTemplate(template);
  } catch {
    return undefined;
  }
  let text = "";
  for (const piece of template.split(/(?=\{)|(?<=\})/)) {
    const known = parseUriTemplate(piece);
    if (!known.variables.every((name) => Object.hasOwn(values, name)))
      return { text, whole: false };
    text += known.expand(values);
  }
  return { text, whole: true };
}
