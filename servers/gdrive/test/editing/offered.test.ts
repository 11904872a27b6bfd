import { refusal } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { accountsOf, open } from "../support/servers.ts";

const toolsets = ["docs", "sheets", "slides"] as const;

test("GD10: tools that change something are not offered where Google only allowed to read", async () => {
  const accounts = accountsOf({ default: "good" }, ["drive.readonly"]);
  const { client } = await open({ toolsets, accounts });
  expect((await client.listTools()).map(({ name }) => name)).toEqual([
    "read_document",
    "get_spreadsheet",
    "read_range",
    "read_presentation",
  ]);
});

test("GD10: only the service that was allowed is offered", async () => {
  const accounts = accountsOf({ default: "good" }, ["spreadsheets"]);
  const { client } = await open({ toolsets, accounts });
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names).toContain("write_range");
  expect(names).not.toContain("read_document");
});

test("every tool says what it answers and whether it changes something", async () => {
  const { client } = await open({ toolsets });
  for (const { name, outputSchema, annotations } of await client.listTools()) {
    expect([name, outputSchema?.type]).toEqual([name, "object"]);
    expect([name, annotations?.openWorldHint]).toEqual([name, true]);
    expect([name, typeof annotations?.readOnlyHint]).toEqual([name, "boolean"]);
    const isWrite = annotations?.readOnlyHint === false;
    if (isWrite) expect([name, typeof annotations.destructiveHint]).toEqual([name, "boolean"]);
  }
});

test("an id that leads out of a path is none", async () => {
  const { client, fake } = await open({ toolsets });
  for (const id of ["../files", "a:batchUpdate", "a?b=c", "https://evil.example/d/x", ".."]) {
    expect(await refusal(client, "read_document", { document_id: id })).toContain("no id");
    expect(await refusal(client, "read_range", { spreadsheet_id: id })).toContain("no id");
    expect(await refusal(client, "read_presentation", { presentation_id: id })).toContain("no id");
  }
  expect(fake.requests).toEqual([]);
});
