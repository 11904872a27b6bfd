import { homedir } from "node:os";
import { basename, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { accountFile, accountOf } from "./account-file.ts";
import { configFolder } from "./config-folder.ts";
import { homePath } from "./home-path.ts";

test("every account has a file of its own, in the folder whatever its name", () => {
  const name = fc.string({ minLength: 1, unit: "grapheme" });
  fc.assert(
    fc.property(name, (account) => {
      const file = accountFile(account);
      expect(accountOf(file)).toBe(account);
      expect(basename(join("folder", file))).toBe(file);
    }),
    { seed: 5, examples: [[".."], ["../x"], ["a/b"], ["C:\\x"], ["\0"], ["%2e"]] },
  );
});

test("other files are nobody's", () => {
  expect(["x.txt", ".json", "%zz.json", "a.json.lock"].map(accountOf)).toEqual(
    Array(4).fill(undefined),
  );
});

// Windows keeps configuration elsewhere.
test.skipIf(process.platform === "win32")(
  "configuration lies where the user's other programs have it",
  () => {
    expect(configFolder("x", { XDG_CONFIG_HOME: "/c" })).toBe("/c/portico/x");
    expect(configFolder("x", { XDG_CONFIG_HOME: "" })).toMatch(/\/\.config\/portico\/x$/);
  },
);

test("a path below ~ lies in the user's home, all others are as they are written", () => {
  expect(["~", "~/keys.json"].map(homePath)).toEqual([homedir(), join(homedir(), "keys.json")]);
  for (const path of ["/a/~/b", "~ada/b", "a", undefined]) expect(homePath(path)).toBe(path);
});
