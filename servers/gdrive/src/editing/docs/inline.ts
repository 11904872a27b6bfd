import type { docs_v1 } from "@googleapis/docs";
import type { Tab } from "./tabs.ts";

type Element = docs_v1.Schema$ParagraphElement;

/** What stands in a line as Markdown. The text itself is not escaped: what is read can be searched for. */
export function inline(elements: readonly Element[], { parts }: Tab): string {
  return elements.map((element) => written(element, parts)).join("");
}

function written(element: Element, parts: docs_v1.Schema$DocumentTab): string {
  const { textRun, inlineObjectElement, footnoteReference, person, richLink } = element;
  if (textRun) return run(textRun);
  if (inlineObjectElement) return picture(inlineObjectElement, parts);
  if (footnoteReference) return `[^${footnoteReference.footnoteNumber ?? ""}]`;
  if (person) return `@${person.personProperties?.email ?? person.personProperties?.name ?? ""}`;
  if (richLink) {
    const { title, uri } = richLink.richLinkProperties ?? {};
    return `[${title ?? ""}](${uri ?? ""})`;
  }
  if (element.dateElement) return element.dateElement.dateElementProperties?.displayText ?? "";
  if (element.horizontalRule) return "---";
  if (element.equation) return "[equation]";
  if (element.pageBreak) return "[page break]";
  return "";
}

const CODE_FONT = /^(?:Courier|Consolas)|Mono\b|Code\b/;

function run({
  content,
  textStyle = {},
  suggestedInsertionIds,
  suggestedDeletionIds,
}: docs_v1.Schema$TextRun): string {
  // A vertical tab is a line break inside of a paragraph.
  const text = (content ?? "").replace(/\n$/, "").replaceAll("\v", "<br>");
  const words = text.trim();
  if (words === "") return text;
  const link = textStyle.link?.url;
  const isCode = CODE_FONT.test(textStyle.weightedFontFamily?.fontFamily ?? "");
  const marks = [
    textStyle.strikethrough ? "~~" : "",
    textStyle.bold ? "**" : "",
    textStyle.italic ? "_" : "",
  ].join("");
  const coded = isCode ? `\`${words}\`` : words;
  const marked = marks + coded + [...marks].reverse().join("");
  const linked = link ? `[${marked}](${link})` : marked;
  const seen = suggestion(linked, suggestedInsertionIds, suggestedDeletionIds);
  // Spaces belong outside of the marks.
  return text.replace(words, () => seen);
}

/** As CriticMarkup has it: suggestions take room in the document, and are not part of it yet. */
function suggestion(
  text: string,
  insertions: string[] | null | undefined,
  deletions: string[] | null | undefined,
): string {
  if (deletions?.length) return `{--${text}--}`;
  return insertions?.length ? `{++${text}++}` : text;
}

function picture(
  { inlineObjectId }: docs_v1.Schema$InlineObjectElement,
  { inlineObjects }: docs_v1.Schema$DocumentTab,
): string {
  const object = inlineObjects?.[inlineObjectId ?? ""]?.inlineObjectProperties?.embeddedObject;
  const words = object?.title || object?.description || "image";
  return `![${words}](${inlineObjectId ?? ""})`;
}
