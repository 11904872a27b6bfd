/** What no XML 1.0 document may hold, not even as a reference (2.2 Characters). */
const UNHELD = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const MARKUP: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // Readers turn a bare one into a line feed.
  "\r": "&#13;",
};

/** Whether XML can hold every character of a text. */
export function fitsXml(text: string): boolean {
  return text.search(UNHELD) < 0;
}

/** A text inside an element; the replacement character stands for what XML cannot hold. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(UNHELD, "\ufffd")
    .replaceAll(/[&<>"\r]/g, (character) => MARKUP[character] as string);
}

/** A value as JSON inside an element, where nothing needs to be replaced. */
export function jsonInXml(value: unknown): string {
  const json = JSON.stringify(value).replaceAll(
    UNHELD,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return escapeXml(json);
}
