import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everything, parseAllowList } from "./allow-list.ts";
import { isNarrowed, narrowed } from "./search.ts";

const allowed = parseAllowList(["octo/site", "friends"]);

describe("a search", () => {
  test.each([
    ["bug", "repo:octo/site user:friends bug"],
    ["", "repo:octo/site user:friends"],
    ["bug repo:octo/site", "bug repo:octo/site"],
    ["org:FRIENDS bug", "org:FRIENDS bug"],
    ["repo:friends/any is:open", "repo:friends/any is:open"],
    ["-repo:evil/x bug", "repo:octo/site user:friends -repo:evil/x bug"],
    // A quote may hide the place, so it does not count as one.
    ['"repo:octo/site" bug', 'repo:octo/site user:friends "repo:octo/site" bug'],
    ["repo : octo/site", "repo:octo/site user:friends repo : octo/site"],
    ["superuser:x", "repo:octo/site user:friends superuser:x"],
  ])("for %j is sent as %j", (query, sent) => {
    expect(narrowed(query, allowed)).toBe(sent);
    expect(isNarrowed(sent, allowed)).toBe(true);
  });

  test.each([
    "repo:evil/x",
    "repo:octo/other",
    "repo:octo/site repo:evil/x",
    "user:octo",
    "bug USER:evil",
    'repo:"evil/x"',
    '"bug repo:evil/x',
    '"bug" "repo:evil/x"',
    "repo:octo/site,evil/x",
    "--repo:evil/x",
    "a.repo:evil/x",
    "repo:",
    "owner:evil",
    "user:@me",
    "bug\trepo:evil/x",
    "bug\u00a0repo:evil/x",
    "repo:octo/site OR bug",
    "bug (repo:octo/site)",
    "NOT bug",
  ])("for %j is refused", (query) => {
    expect(() => narrowed(query, allowed)).toThrow(/--allow-repos/);
    expect(isNarrowed(query, allowed)).toBe(false);
  });

  test("of any words ends inside, or is refused", () => {
    const words = fc.constantFrom(
      "repo:",
      "user:evil",
      "repo:octo/site",
      '"',
      "-",
      " ",
      "x",
      ",",
      "OR",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const query = parts.join("");
        let sent: string;
        try {
          sent = narrowed(query, allowed);
        } catch {
          return;
        }
        expect(isNarrowed(sent, allowed)).toBe(true);
        expect(/(?:^|\s)(?:repo:octo\/site|user:friends)(?:\s|$)/.test(sent)).toBe(true);
        expect(/(?:^|[\s"])user:evil/.test(sent)).toBe(false);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  test("stays as it is without an allow-list", () => {
    expect(narrowed("repo:evil/x OR y", everything)).toBe("repo:evil/x OR y");
  });
});

test.each(["a/b/c", "..", "a/..", "", "/", "a b", "a/b?c"])(
  "%j is no entry of an allow-list",
  (entry) => {
    expect(() => parseAllowList([entry])).toThrow("neither an owner nor owner/repo");
  },
);
