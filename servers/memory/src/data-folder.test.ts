import path from "node:path";
import { expect, test } from "vitest";
import { dataFolder } from "./data-folder.ts";

const home = path.resolve("/home/ann");
const at = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
  dataFolder({ platform, env, home });

test("on Linux it is what XDG says", () => {
  expect(at("linux")).toBe(path.join(home, ".local", "share"));
  expect(at("linux", { XDG_DATA_HOME: path.resolve("/data") })).toBe(path.resolve("/data"));
});

test("a relative path of XDG is ignored, as its specification wants", () => {
  expect(at("linux", { XDG_DATA_HOME: "data" })).toBe(path.join(home, ".local", "share"));
});

test("on macOS and Windows it is where applications keep their data", () => {
  expect(at("darwin")).toBe(path.join(home, "Library", "Application Support"));
  expect(at("win32", { LOCALAPPDATA: "D:\\Local" })).toBe("D:\\Local");
  expect(at("win32")).toBe(path.join(home, "AppData", "Local"));
});
