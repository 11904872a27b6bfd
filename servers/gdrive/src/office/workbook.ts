import { partsOf, tooMuch } from "./archive.ts";
import { visit } from "./xml.ts";

const WORKBOOK = "xl/workbook.xml";
const RELATIONS = "xl/_rels/workbook.xml.rels";
const STRINGS = "xl/sharedStrings.xml";

/** Most characters of all cells and what separates them: a short file can name far places and repeat long texts. */
const MOST_CHARACTERS = 10_000_000;

/** A spreadsheet has this many columns at most; whoever names a later one wants to fill the memory. */
const MOST_COLUMNS = 16_384;

/**
 * The sheets of an Excel file as CSV, each under its name; hidden ones are left out. Dates are numbers of days, as the
 * file has them.
 * @throws {OfficeError}
 */
export async function workbookText(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const parts = await partsOf(bytes, (name) =>
    /^xl\/(?:worksheets\/[^/]+\.xml|workbook\.xml|sharedStrings\.xml|_rels\/workbook\.xml\.rels)$/.test(
      name,
    ),
  );
  const part = (name: string) => parts.get(name) ?? "";
  const strings = await stringsOf(part(STRINGS));
  const files = await filesOf(part(RELATIONS));
  const texts: string[] = [];
  const room = { characters: MOST_CHARACTERS };
  for (const { name, relation } of await sheetsOf(part(WORKBOOK))) {
    const rows = await rowsOf(part(files.get(relation) ?? ""), strings, room);
    texts.push(`## ${name}\n\n${rows.map(csvLine).join("\n")}`);
  }
  return texts.join("\n\n");
}

interface Sheet {
  readonly name: string;
  readonly relation: string;
}

async function sheetsOf(xml: string): Promise<readonly Sheet[]> {
  const sheets: Sheet[] = [];
  await visit(xml, {
    open(element, { name = "", state = "visible", "r:id": relation = "" }) {
      if (element === "sheet" && state === "visible") sheets.push({ name, relation });
    },
  });
  return sheets;
}

async function filesOf(xml: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  await visit(xml, {
    open(element, { Id = "", Target = "" }) {
      if (element !== "Relationship") return;
      files.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return files;
}

async function stringsOf(xml: string): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = "";
  let isText = false;
  let isPronunciation = false;
  await visit(xml, {
    open(name) {
      if (name === "si") text = "";
      if (name === "t") isText = true;
      if (name === "rPh") isPronunciation = true;
    },
    text(piece) {
      if (isText && !isPronunciation) text += piece;
    },
    close(name) {
      if (name === "t") isText = false;
      if (name === "rPh") isPronunciation = false;
      if (name === "si") strings.push(text);
    },
  });
  return strings;
}

async function rowsOf(
  xml: string,
  strings: readonly string[],
  room: { characters: number },
): Promise<readonly string[][]> {
  const rows: string[][] = [];
  let row: string[] = [];
  let type = "";
  let value = "";
  let column = 0;
  let isValue = false;
  await visit(xml, {
    open(name, { r = "", t = "" }) {
      if (name === "row") row = [];
      if (name === "c") {
        type = t;
        value = "";
        column = columnOf(r) ?? row.length;
      }
      if (name === "v" || name === "t") isValue = true;
    },
    text(piece) {
      if (isValue) value += piece;
    },
    close(name) {
      if (name === "v" || name === "t") isValue = false;
      if (name === "c" && column < MOST_COLUMNS && value !== "") {
        const text = type === "s" ? (strings[Number(value)] ?? "") : value;
        room.characters -= text.length + Math.max(1, column - row.length);
        if (room.characters < 0) throw tooMuch();
        while (row.length < column) row.push("");
        row[column] = text;
      }
      if (name === "row" && row.length > 0) rows.push(row);
    },
  });
  return rows;
}

/** The column of a reference such as `AB12`, from 0. */
function columnOf(reference: string): number | undefined {
  const [letters] = /^[A-Z]{1,3}/.exec(reference) ?? [];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function csvLine(row: readonly string[]): string {
  return row
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(",");
}
