import { expect, test } from "vitest";
import { METHODS } from "../../src/index.ts";
import { model, page } from "./method-table.ts";

test("the published table of methods says what the rows say", async () => {
  await expect(`${JSON.stringify(model, null, 2)}\n`).toMatchFileSnapshot(
    "../../docs/methods.json",
  );
  await expect(page()).toMatchFileSnapshot("../../docs/methods.md");
});

test("every method is in it once, its shapes by their official names", () => {
  expect(model.methods.map(({ method }) => method)).toEqual(Object.keys(METHODS));
  for (const { params = "None" } of model.methods) expect(params).toMatch(/^[A-Z]\w+$/);
});
