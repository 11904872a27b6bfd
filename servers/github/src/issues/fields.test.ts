import { expect, test } from "vitest";
import { fieldChanges, fieldFilter, type IssueField } from "./fields.ts";

const fields: IssueField[] = [
  { id: 1, name: "Priority", data_type: "single_select", options: [{ name: "High" }] },
  { id: 2, name: "Story points", data_type: "number" },
];

test("fields and options are found whatever their case, and values keep their kind", () => {
  const changes = [
    { field_name: "priority", field_option_name: "high" },
    { field_name: "Story points", value: 3 },
    { field_name: "STORY POINTS", delete: true },
  ];
  expect(fieldChanges(changes, fields)).toEqual({
    set: [
      { field_id: 1, value: "High" },
      { field_id: 2, value: 3 },
    ],
    clear: [2],
  });
});

test.each([
  [{ field_name: "Size", value: "L" }, 'no field "Size"; they have "Priority", "Story points"'],
  [{}, 'no field ""'],
  [{ field_name: "Priority", field_option_name: "Low" }, 'no option "Low"; its options are High'],
  [{ field_name: "Priority" }, "one of value, field_option_name and delete"],
  [{ field_name: "Priority", value: "High", delete: true }, "one of value"],
])("%o is refused with what would do", (change, words) => {
  expect(() => fieldChanges([change], fields)).toThrow(words);
});

test("a filter names fields by their slugs", () => {
  const filters = [
    { field_name: "Priority", value: "high" },
    { field_name: "Story points", value: "3" },
  ];
  expect(fieldFilter(filters, fields)).toBe("priority:High,story-points:3");
});

test("no value adds a filter of its own", () => {
  const smuggled = [{ field_name: "Story points", value: "3,priority:High" }];
  expect(() => fieldFilter(smuggled, fields)).toThrow("without a comma or a colon");
});
