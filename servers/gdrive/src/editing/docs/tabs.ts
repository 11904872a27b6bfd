import type { docs_v1 } from "@googleapis/docs";
import { GoogleError } from "../../google/error.ts";

/** One tab of a document, with what it holds. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  /** How many tabs it is inside of. */
  readonly depth: number;
  readonly body: Content;
  readonly parts: docs_v1.Schema$DocumentTab;
}

/** Paragraphs, tables and breaks, one after the other: what a body, a table's cell or a footnote consists of. */
export type Content = readonly docs_v1.Schema$StructuralElement[];

/** Every tab of a document, those inside of others after them. */
export function tabsOf({ tabs = [] }: docs_v1.Schema$Document): Tab[] {
  return tabs.flatMap((tab) => withChildren(tab, 0));
}

function withChildren(
  { tabProperties, documentTab = {}, childTabs = [] }: docs_v1.Schema$Tab,
  depth: number,
): Tab[] {
  const own: Tab = {
    id: tabProperties?.tabId ?? "",
    title: tabProperties?.title ?? "",
    depth,
    body: documentTab.body?.content ?? [],
    parts: documentTab,
  };
  return [own, ...childTabs.flatMap((child) => withChildren(child, depth + 1))];
}

/**
 * The tab with this id, without one the first.
 * @throws {GoogleError} when there is none
 */
export function findTab(document: docs_v1.Schema$Document, id: string | undefined): Tab {
  const tabs = tabsOf(document);
  const found = id === undefined ? tabs[0] : tabs.find((tab) => tab.id === id);
  if (found) return found;
  const ids = tabs.map((tab) => tab.id).join(", ");
  throw new GoogleError(`The document has no tab ${id ?? ""}; its tabs are ${ids || "none"}.`);
}
