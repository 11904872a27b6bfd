import { findAll, type Match } from "../find-text.ts";
import type { Content, Tab } from "./tabs.ts";
import { textRuns } from "./text-runs.ts";

/** Every place where a text would be replaced: in the body, and in headers, footers and footnotes. */
export function placesToReplace(tab: Tab, text: string, matchCase: boolean): Match[] {
  return [tab.body, ...asideOf(tab).map(({ content }) => content)].flatMap((content) =>
    findAll(textRuns(content), text, matchCase),
  );
}

/** What stands beside the body, whose indexes begin anew in each. */
export function asideOf({ parts }: Tab): { readonly name: string; readonly content: Content }[] {
  const all = { header: parts.headers, footer: parts.footers, footnote: parts.footnotes };
  return Object.entries(all).flatMap(([name, sections]) =>
    Object.values(sections ?? {}).map(({ content = [] }) => ({ name, content })),
  );
}
