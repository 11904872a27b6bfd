import type { docs_v1 } from "@googleapis/docs";
import { select } from "../fields.ts";
import { jsonOf, Refusal, type Route } from "../http.ts";
import {
  deleteRange,
  insertElement,
  insertTable,
  insertText,
  paragraphsWithin,
  replaceAll,
  unitsWithin,
} from "./edits.ts";
import { type Node, shown } from "./model.ts";

/** A tab of a document of the fake; headers and footnotes by their ids. */
export interface FakeTab {
  readonly id: string;
  readonly title?: string;
  body: Node[];
  headers?: Record<string, Node[]>;
  footnotes?: Record<string, Node[]>;
  lists?: docs_v1.Schema$DocumentTab["lists"];
  inlineObjects?: docs_v1.Schema$DocumentTab["inlineObjects"];
  readonly children?: FakeTab[];
}

/** A document of the fake. */
export interface FakeDocument {
  readonly title: string;
  tabs: FakeTab[];
  /** Nobody may change it. */
  readonly isReadOnly?: boolean;
}

/** Where the body begins: a section break comes first. */
const BODY = 1;

/** Stands for Google Docs: documents by id, changed all or nothing, with a revision for each state. */
export class FakeDocs {
  readonly documents = new Map<string, FakeDocument>();
  readonly #revisions = new Map<string, number>();

  /** The operations. */
  readonly routes = (): Route[] => [
    {
      method: "GET",
      path: /^\/v1\/documents\/([^/:]+)$/,
      answer: ({ query }, id) => ({ body: this.#shown(id, query) }),
    },
    {
      method: "POST",
      path: /^\/v1\/documents\/([^/:]+):batchUpdate$/,
      answer: (asked, id) => ({ body: this.#batch(id, jsonOf(asked)) }),
    },
  ];

  /** Changes a document as somebody else would. */
  touch(id: string, change: (document: FakeDocument) => void = () => undefined): void {
    change(this.#get(id));
    this.#revisions.set(id, (this.#revisions.get(id) ?? 0) + 1);
  }

  /** The texts of the paragraphs of the first tab, tables left out. */
  texts(id: string): string[] {
    return this.#get(id).tabs[0]!.body.flatMap((node) =>
      node.kind === "paragraph" ? [node.units.map(({ text }) => text ?? "\ufffc").join("")] : [],
    );
  }

  #get(id: string): FakeDocument {
    const document = this.documents.get(id);
    if (document) return document;
    throw new Refusal(404, "notFound", "Requested entity was not found.");
  }

  #revision(id: string): string {
    return `rev-${id}-${this.#revisions.get(id) ?? 0}`;
  }

  #shown(id: string, query: URLSearchParams): object {
    const document = this.#get(id);
    const whole: docs_v1.Schema$Document = {
      documentId: id,
      title: document.title,
      ...(!document.isReadOnly && { revisionId: this.#revision(id) }),
      tabs: document.tabs.map((tab) => shownTab(tab)),
    };
    const fields = query.get("fields");
    return (fields === null ? whole : select(whole, fields)) as object;
  }

  #batch(id: string, body: docs_v1.Schema$BatchUpdateDocumentRequest): object {
    const document = this.#get(id);
    if (document.isReadOnly) {
      throw new Refusal(403, "forbidden", "The caller does not have permission");
    }
    const required = body.writeControl?.requiredRevisionId;
    if (required && required !== this.#revision(id)) {
      throw new Refusal(400, "failedPrecondition", "The document is not at the required state.");
    }
    const tabs = structuredClone(document.tabs);
    const replies = (body.requests ?? []).map((request) => applied(tabs, request));
    this.touch(id, () => {
      document.tabs = tabs;
    });
    return { documentId: id, replies, writeControl: { requiredRevisionId: this.#revision(id) } };
  }
}

function shownTab(tab: FakeTab): docs_v1.Schema$Tab {
  const { id, title = "Tab 1", body, lists, inlineObjects, children = [] } = tab;
  const sections = (name: string, all: Record<string, Node[]> = {}) =>
    Object.fromEntries(
      Object.entries(all).map(([key, nodes]) => [
        key,
        { [`${name}Id`]: key, content: shown(nodes, 0) },
      ]),
    );
  return {
    tabProperties: { tabId: id, title },
    documentTab: {
      body: { content: [{ endIndex: BODY, sectionBreak: {} }, ...shown(body, BODY)] },
      headers: sections("header", tab.headers),
      footnotes: sections("footnote", tab.footnotes),
      ...(lists && { lists }),
      ...(inlineObjects && { inlineObjects }),
    },
    childTabs: children.map(shownTab),
  };
}

function applied(tabs: FakeTab[], request: docs_v1.Schema$Request): docs_v1.Schema$Response {
  const { replaceAllText } = request;
  if (replaceAllText) return { replaceAllText: replaced(tabs, replaceAllText) };
  for (const [name, change] of Object.entries(request)) {
    const apply = CHANGES[name];
    if (!apply) throw new Refusal(400, "badRequest", `The fake knows no ${name}.`);
    apply(tabs, change as never);
  }
  return {};
}

type Apply = (tabs: FakeTab[], request: never) => void;

const CHANGES: Readonly<Record<string, Apply>> = {
  insertText(tabs, { text, location }: docs_v1.Schema$InsertTextRequest) {
    insertText(bodyOf(tabs, location?.tabId), BODY, location?.index ?? 0, text ?? "");
  },
  insertTable(tabs, { rows, columns, location }: docs_v1.Schema$InsertTableRequest) {
    const body = bodyOf(tabs, location?.tabId);
    insertTable(body, BODY, location?.index ?? 0, rows ?? 0, columns ?? 0);
  },
  insertInlineImage(tabs, { uri, location }: docs_v1.Schema$InsertInlineImageRequest) {
    const tab = tabOf(tabs, location?.tabId);
    const id = `image-${Object.keys(tab.inlineObjects ?? {}).length}`;
    const embeddedObject = { imageProperties: { sourceUri: uri ?? "" } };
    const object = { inlineObjectProperties: { embeddedObject } };
    tab.inlineObjects = { ...tab.inlineObjects, [id]: object };
    const element = { inlineObjectElement: { inlineObjectId: id } };
    insertElement(tab.body, BODY, location?.index ?? 0, element);
  },
  deleteContentRange(tabs, { range = {} }: docs_v1.Schema$DeleteContentRangeRequest) {
    const { startIndex, endIndex, tabId } = range;
    deleteRange(bodyOf(tabs, tabId), BODY, startIndex ?? 0, endIndex ?? 0);
  },
  updateTextStyle(tabs, request: docs_v1.Schema$UpdateTextStyleRequest) {
    const { range = {}, textStyle = {}, fields } = request;
    for (const unit of unitsWithin(bodyOf(tabs, range.tabId), BODY, range)) {
      unit.style = fields === "*" ? { ...textStyle } : masked(unit.style, textStyle, fields);
    }
  },
  updateParagraphStyle(tabs, request: docs_v1.Schema$UpdateParagraphStyleRequest) {
    const { range = {}, paragraphStyle = {}, fields } = request;
    for (const paragraph of paragraphsWithin(bodyOf(tabs, range.tabId), BODY, range)) {
      paragraph.style = masked(paragraph.style, paragraphStyle, fields);
    }
  },
  createParagraphBullets(tabs, request: docs_v1.Schema$CreateParagraphBulletsRequest) {
    const { range = {}, bulletPreset } = request;
    const tab = tabOf(tabs, range.tabId);
    const listId = `list-${Object.keys(tab.lists ?? {}).length}`;
    const glyphType = bulletPreset?.startsWith("NUMBERED") ? "DECIMAL" : "GLYPH_TYPE_UNSPECIFIED";
    const nestingLevels = Array.from({ length: 9 }, () => ({ glyphType }));
    tab.lists = { ...tab.lists, [listId]: { listProperties: { nestingLevels } } };
    for (const paragraph of paragraphsWithin(tab.body, BODY, range)) {
      const tabsBefore = paragraph.units.findIndex(({ text }) => text !== "\t");
      const nestingLevel = Math.max(0, tabsBefore);
      paragraph.units.splice(0, nestingLevel);
      paragraph.bullet = { listId, ...(nestingLevel > 0 && { nestingLevel }) };
    }
  },
  deleteParagraphBullets(tabs, { range = {} }: docs_v1.Schema$DeleteParagraphBulletsRequest) {
    for (const paragraph of paragraphsWithin(bodyOf(tabs, range.tabId), BODY, range)) {
      paragraph.bullet = undefined;
    }
  },
};

/** What a field mask makes of a style: fields it names that are not given are taken away. */
function masked<T extends object>(style: T, change: T, fields: string | null | undefined): T {
  const names = (fields ?? "").split(",") as (keyof T)[];
  const left = Object.entries(style).filter(([name]) => !names.includes(name as keyof T));
  const set = Object.entries(change).filter(([name]) => names.includes(name as keyof T));
  return Object.fromEntries([...left, ...set]) as T;
}

function replaced(
  tabs: FakeTab[],
  { containsText, replaceText, tabsCriteria }: docs_v1.Schema$ReplaceAllTextRequest,
): docs_v1.Schema$ReplaceAllTextResponse {
  const all = flat(tabs).filter(({ id }) => tabsCriteria?.tabIds?.includes(id) ?? true);
  const contents = all.flatMap(({ body, headers = {}, footnotes = {} }) => [
    body,
    ...Object.values(headers),
    ...Object.values(footnotes),
  ]);
  const { text, matchCase } = containsText ?? {};
  const counts = contents.map((nodes) =>
    replaceAll(nodes, text ?? "", replaceText ?? "", matchCase === true),
  );
  return { occurrencesChanged: counts.reduce((sum, count) => sum + count, 0) };
}

function bodyOf(tabs: FakeTab[], id: string | null | undefined): Node[] {
  return tabOf(tabs, id).body;
}

function tabOf(tabs: FakeTab[], id: string | null | undefined): FakeTab {
  const tab = id ? flat(tabs).find((one) => one.id === id) : tabs[0];
  if (tab) return tab;
  throw new Refusal(400, "badRequest", `There is no tab ${id}.`);
}

function flat(tabs: FakeTab[]): FakeTab[] {
  return tabs.flatMap((tab) => [tab, ...flat(tab.children ?? [])]);
}
