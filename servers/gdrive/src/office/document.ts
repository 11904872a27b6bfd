import { partsOf } from "./archive.ts";
import { visit } from "./xml.ts";

const PART = "word/document.xml";

/**
 * What a person reads in a Word file: paragraphs, headings marked as in Markdown, tables with a line for each row.
 * Deleted and hidden text is left out.
 * @throws {OfficeError}
 */
export async function documentText(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const parts = await partsOf(bytes, (name) => name === PART);
  const writer = new Writer();
  await visit(parts.get(PART) ?? "", writer);
  return writer.lines.join("\n");
}

class Writer {
  readonly lines: string[] = [];
  #line = "";
  #row: string[] | undefined;
  #isText = false;
  #isHidden = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "w:t") this.#isText = true;
    if (name === "w:r") this.#isHidden = false;
    if (name === "w:vanish") this.#isHidden = attributes["w:val"] !== "0";
    if (name === "w:tab") this.#line += "\t";
    if (name === "w:br") this.#line += "\n";
    if (name === "w:tr") this.#row = [];
    if (name === "w:pStyle") this.#line = markOf(attributes["w:val"]) + this.#line;
  }

  text(text: string): void {
    if (this.#isText && !this.#isHidden) this.#line += text;
  }

  close(name: string): void {
    if (name === "w:t") this.#isText = false;
    if (name === "w:p") this.#endParagraph();
    if (name === "w:tc") this.#endCell();
    if (name === "w:tr" && this.#row) {
      this.lines.push(this.#row.join("\t"));
      this.#row = undefined;
    }
  }

  #endParagraph(): void {
    if (this.#row) {
      this.#line += " ";
      return;
    }
    this.lines.push(this.#line);
    this.#line = "";
  }

  #endCell(): void {
    this.#row?.push(this.#line.trim());
    this.#line = "";
  }
}

function markOf(style: string | undefined): string {
  const [, level] = /^Heading([1-6])$/.exec(style ?? "") ?? [];
  return level === undefined ? "" : `${"#".repeat(Number(level))} `;
}
