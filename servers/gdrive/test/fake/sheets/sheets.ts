import type { sheets_v4 } from "@googleapis/sheets";
import { select } from "../fields.ts";
import { type Asked, jsonOf, Refusal, type Route } from "../http.ts";
import {
  type Box,
  boxOf,
  entered,
  exceeds,
  type FakeSheet,
  nameOf,
  sheetOf,
  valuesOf,
} from "./grid.ts";

/** A spreadsheet of the fake. */
export interface FakeSpreadsheet {
  readonly title: string;
  readonly sheets: FakeSheet[];
  namedRanges?: sheets_v4.Schema$NamedRange[];
}

const PATH = "^/v4/spreadsheets/([^/:]+)";

/** Stands for Google Sheets: spreadsheets by id, with bounds, formulas and named ranges. */
export class FakeSheets {
  readonly spreadsheets = new Map<string, FakeSpreadsheet>();

  /** The operations. */
  readonly routes = (): Route[] => [
    route("GET", "$", (asked, id) => this.#described(id, asked.query)),
    route("GET", "/values/([^/]+)$", (asked, id, range) => this.#values(id, range, asked)),
    route("PUT", "/values/([^/]+)$", (asked, id, range) => this.#update(id, range, asked)),
    route("POST", "/values/([^/]+):append$", (asked, id, range) => this.#append(id, range, asked)),
    route("POST", "/values/([^/]+):clear$", (_, id, range) => this.#clear(id, range)),
    route("POST", ":batchUpdate$", (asked, id) => this.#batch(id, jsonOf(asked))),
  ];

  /** The values of a sheet, as they are kept. */
  values(id: string, sheet = 0): unknown[][] {
    const { rows, columns } = this.#get(id).sheets[sheet]!;
    const box = { sheet: this.#get(id).sheets[sheet]!, top: 0, left: 0 };
    return valuesOf({ ...box, bottom: rows, right: columns }, "FORMULA");
  }

  #get(id: string): FakeSpreadsheet {
    const found = this.spreadsheets.get(id);
    if (found) return found;
    throw new Refusal(404, "notFound", "Requested entity was not found.");
  }

  #box(id: string, range: string): Box {
    return boxOf(this.#get(id).sheets, range);
  }

  #described(id: string, query: URLSearchParams): object {
    const { title, sheets, namedRanges = [] } = this.#get(id);
    const whole: sheets_v4.Schema$Spreadsheet = {
      spreadsheetId: id,
      properties: { title, locale: "en_US", timeZone: "Etc/UTC" },
      sheets: sheets.map(({ id, title, rows, columns, hidden }, index) => ({
        properties: {
          sheetId: id,
          title,
          index,
          sheetType: "GRID",
          gridProperties: { rowCount: rows, columnCount: columns },
          ...(hidden && { hidden }),
        },
      })),
      namedRanges,
    };
    const fields = query.get("fields");
    return (fields === null ? whole : select(whole, fields)) as object;
  }

  #values(id: string, range: string, { query }: Asked): object {
    const box = this.#box(id, range);
    const values = valuesOf(box, query.get("valueRenderOption") ?? "FORMATTED_VALUE");
    return {
      range: nameOf(box),
      majorDimension: "ROWS",
      ...(values.length > 0 && { values }),
    };
  }

  #update(id: string, range: string, asked: Asked): object {
    const { values = [] } = jsonOf<{ values: Value[][] }>(asked);
    const box = this.#box(id, range);
    return { spreadsheetId: id, ...write(box, range, values, isRaw(asked)) };
  }

  #append(id: string, range: string, asked: Asked): object {
    const { values = [] } = jsonOf<{ values: Value[][] }>(asked);
    const { sheet, left } = this.#box(id, range);
    const isEmpty = (row: FakeSheet["cells"][number] | undefined) =>
      (row ?? []).every(({ value }) => value === undefined);
    const gap = sheet.cells.findIndex(isEmpty);
    const at = gap < 0 ? sheet.cells.length : gap;
    if (asked.query.get("insertDataOption") === "INSERT_ROWS") {
      sheet.cells.splice(at, 0, ...values.map(() => []));
      sheet.rows += values.length;
    }
    const box = { sheet, top: at, bottom: at + values.length, left, right: left + 1 };
    return { spreadsheetId: id, updates: write(box, range, values, isRaw(asked)) };
  }

  #clear(id: string, range: string): object {
    const box = this.#box(id, range);
    for (const row of box.sheet.cells.slice(box.top, box.bottom)) {
      for (const cell of row.slice(box.left, box.right)) {
        delete cell.value;
        delete cell.formula;
      }
    }
    return { spreadsheetId: id, clearedRange: nameOf(box) };
  }

  #batch(id: string, { requests = [] }: sheets_v4.Schema$BatchUpdateSpreadsheetRequest): object {
    const spreadsheet = this.#get(id);
    return { spreadsheetId: id, replies: requests.map((one) => applied(spreadsheet, one)) };
  }
}

type Value = string | number | boolean | null;

function route(
  method: string,
  path: string,
  answer: (asked: Asked, ...ids: [string, string]) => object,
): Route {
  return {
    method,
    path: new RegExp(PATH + path),
    answer: (asked, id = "", range = "") => ({ body: answer(asked, id, range) }),
  };
}

function isRaw({ query }: Asked): boolean {
  const option = query.get("valueInputOption");
  if (option === "RAW" || option === "USER_ENTERED") return option === "RAW";
  throw new Refusal(400, "badRequest", "'valueInputOption' is required but not specified");
}

function write(
  { sheet, top, left }: Box,
  range: string,
  values: readonly (readonly Value[])[],
  raw: boolean,
): sheets_v4.Schema$UpdateValuesResponse {
  const right = left + Math.max(...values.map((row) => row.length));
  const bottom = top + values.length;
  if (bottom > sheet.rows || right > sheet.columns) throw exceeds(range, sheet);
  let updatedCells = 0;
  for (const [r, row] of values.entries()) {
    sheet.cells[top + r] ??= [];
    for (const [c, value] of row.entries()) {
      if (value === null) continue;
      updatedCells++;
      const cells = sheet.cells[top + r]!;
      for (let column = cells.length; column <= left + c; column++) cells[column] = {};
      cells[left + c] = value === "" ? {} : entered(value, raw);
    }
  }
  for (let r = 0; r < sheet.cells.length; r++) sheet.cells[r] ??= [];
  return { updatedRange: nameOf({ sheet, top, left, bottom, right }), updatedCells };
}

function applied(
  spreadsheet: FakeSpreadsheet,
  request: sheets_v4.Schema$Request,
): sheets_v4.Schema$Response {
  for (const [name, change] of Object.entries(request)) {
    const apply = CHANGES[name];
    if (!apply) throw new Refusal(400, "badRequest", `The fake knows no ${name}.`);
    return apply(spreadsheet, change as never) ?? {};
  }
  return {};
}

type Apply = (to: FakeSpreadsheet, change: never) => sheets_v4.Schema$Response | undefined;

const CHANGES: Readonly<Record<string, Apply>> = {
  addSheet({ sheets }, { properties }: sheets_v4.Schema$AddSheetRequest) {
    const { title = "Sheet", gridProperties } = properties ?? {};
    if (sheets.some((sheet) => sheet.title === title)) {
      const message = `Invalid requests[0].addSheet: A sheet with the name "${title}" already exists. Please enter another name.`;
      throw new Refusal(400, "badRequest", message);
    }
    const { rowCount, columnCount } = gridProperties ?? {};
    const size = { rows: rowCount ?? 1_000, columns: columnCount ?? 26 };
    const sheet = sheetOf(sheets.length + 100, title ?? "", [], size);
    sheets.push(sheet);
    return { addSheet: { properties: { sheetId: sheet.id, title } } };
  },
  repeatCell({ sheets }, { range = {}, cell }: sheets_v4.Schema$RepeatCellRequest) {
    const { sheetId, startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = range;
    const { cells } = sheetById(sheets, sheetId);
    for (const row of cells.slice(startRowIndex ?? 0, endRowIndex ?? undefined)) {
      for (const one of row.slice(startColumnIndex ?? 0, endColumnIndex ?? undefined)) {
        one.format = { ...one.format, ...cell?.userEnteredFormat };
      }
    }
    return undefined;
  },
  insertDimension({ sheets }, request: sheets_v4.Schema$InsertDimensionRequest) {
    const { sheetId, dimension, startIndex, endIndex } = request.range ?? {};
    const sheet = sheetById(sheets, sheetId);
    const [start, count] = [startIndex ?? 0, (endIndex ?? 0) - (startIndex ?? 0)];
    if (request.inheritFromBefore && start === 0) {
      throw new Refusal(400, "badRequest", "inheritFromBefore cannot be true at the first index.");
    }
    if (start > (dimension === "ROWS" ? sheet.rows : sheet.columns)) {
      throw new Refusal(400, "badRequest", "The index is beyond the end of the sheet.");
    }
    if (dimension === "ROWS") {
      sheet.cells.splice(start, 0, ...Array.from({ length: count }, () => []));
      sheet.rows += count;
      return undefined;
    }
    for (const row of sheet.cells) {
      if (row.length > start) row.splice(start, 0, ...Array.from({ length: count }, () => ({})));
    }
    sheet.columns += count;
    return undefined;
  },
  deleteDimension({ sheets }, { range = {} }: sheets_v4.Schema$DeleteDimensionRequest) {
    const sheet = sheetById(sheets, range.sheetId);
    const [start, count] = [range.startIndex ?? 0, (range.endIndex ?? 0) - (range.startIndex ?? 0)];
    if (range.dimension === "ROWS") sheet.cells.splice(start, count);
    else for (const row of sheet.cells) row.splice(start, count);
    if (range.dimension === "ROWS") sheet.rows -= count;
    else sheet.columns -= count;
    return undefined;
  },
  addNamedRange(spreadsheet, { namedRange = {} }: sheets_v4.Schema$AddNamedRangeRequest) {
    const { namedRanges = [] } = spreadsheet;
    const added = { ...namedRange, namedRangeId: `n${namedRanges.length}` };
    spreadsheet.namedRanges = [...namedRanges, added];
    return { addNamedRange: { namedRange: added } };
  },
  updateNamedRange(spreadsheet, { namedRange = {} }: sheets_v4.Schema$UpdateNamedRangeRequest) {
    spreadsheet.namedRanges = spreadsheet.namedRanges?.map((one) =>
      one.namedRangeId === namedRange.namedRangeId ? namedRange : one,
    );
    return undefined;
  },
};

function sheetById(sheets: readonly FakeSheet[], id: number | null | undefined): FakeSheet {
  const sheet = sheets.find((one) => one.id === id);
  if (sheet) return sheet;
  throw new Refusal(400, "badRequest", `No grid with id: ${id}`);
}
