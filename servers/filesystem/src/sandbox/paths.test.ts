import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWithin, plainPath } from "./paths.ts";

describe("the spelling of paths on Windows (FS4)", () => {
  it.each([
    ["C:\\work\\f.txt:s", "alternate data stream"],
    ["C:\\work\\f.txt::$DATA", "alternate data stream"],
    ["C:work\\file", "relative to a drive"],
    ["c:", "relative to a drive"],
    ["\\\\server\\share\\file", "Network"],
    ["//server/share/file", "Network"],
    ["\\\\?\\C:\\work", "Device"],
    ["\\\\.\\PhysicalDrive0", "Device"],
    ["//?/UNC/server/share", "Device"],
    ["C:\\work\\file.", "space or a dot"],
    ["C:\\work\\dir \\file", "space or a dot"],
    ["C:\\work\\...\\file", "space or a dot"],
    ["NUL", "device name"],
    ["C:\\work\\con.txt", "device name"],
    ["C:/work/Com1/x", "device name"],
    ["aux .txt", "device name"],
    ["LPT\u00b9", "device name"],
  ])("refuses %j", (requested, reason) => {
    expect(() => plainPath(requested, "win32")).toThrow(reason);
  });

  it.each([
    "C:\\work\\file.txt",
    "C:/work/../x",
    "console.txt",
    "a\\b",
    ".",
    "..",
    ".env",
    "nulls",
  ])("accepts %j", (requested) => {
    expect(plainPath(requested, "win32")).toBe(requested);
  });

  it("compares without regard to case, as the file system does", () => {
    expect(isWithin("c:\\WORK\\x", "C:\\work", "win32")).toBe(true);
    expect(isWithin("C:\\work_evil", "C:\\work", "win32")).toBe(false);
  });
});

describe("being within a directory", () => {
  const segment = fc.constantFrom("a", "ab", "a_b", "..a", "b", " ", "\u00e9", "e\u0301");
  const absolute = fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join("/")}`);

  it("agrees with the way from one to the other", () => {
    fc.assert(
      fc.property(absolute, absolute, (one, other) => {
        const way = path.posix.relative(other, one);
        const inside = way === "" || (way !== ".." && !way.startsWith("../"));
        expect(isWithin(one, other, "posix")).toBe(inside);
      }),
      { numRuns: 2000, seed: 4 },
    );
  });
});
