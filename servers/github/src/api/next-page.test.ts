import { expect, test } from "vitest";
import { nextPage } from "./next-page.ts";

test.each([
  [
    '<https://api.github.com/x?per_page=2&page=3>; rel="next", <https://api.github.com/x?page=9>; rel="last"',
    { next_page: 3 },
  ],
  [
    '<https://api.github.com/x?page=1>; rel="prev", <https://api.github.com/x?after=Y3Vy%3D&per_page=2>; rel="next"',
    { next_cursor: "Y3Vy=" },
  ],
  ['<https://api.github.com/x?page=1>; rel="first"', {}],
  ['<no address>; rel="next"', {}],
  [undefined, {}],
])("the page after %s is %j", (link, next) => {
  expect(nextPage({ link })).toEqual(next);
});
