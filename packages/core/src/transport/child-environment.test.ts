import { expect, test } from "vitest";
import { childEnvironment } from "./child-environment.ts";

test("a child gets what a program needs to run and no secret", () => {
  const parent = {
    HOME: "/home/ada",
    PATH: "/bin",
    LC_ALL: "C",
    LC_TIME: undefined,
    GITHUB_TOKEN: "secret",
    path: "not the PATH",
  };
  expect(childEnvironment(parent, {}, "linux")).toEqual({
    HOME: "/home/ada",
    PATH: "/bin",
    LC_ALL: "C",
  });
});

test("a shell function exported under an allowed name is left out", () => {
  expect(childEnvironment({ TERM: "() { :; }; id" }, {}, "linux")).toEqual({});
});

test("what is given wins, and may be anything", () => {
  const env = childEnvironment({ PATH: "/bin" }, { PATH: "/opt", TOKEN: "t" }, "linux");
  expect(env).toEqual({ PATH: "/opt", TOKEN: "t" });
});

test("on Windows names match in any case and appear once", () => {
  const parent = { Path: "C:\\Windows", SystemRoot: "C:\\Windows", LC_ALL: "C", Secret: "s" };
  expect(childEnvironment(parent, { PATH: "C:\\tools" }, "win32")).toEqual({
    PATH: "C:\\tools",
    SystemRoot: "C:\\Windows",
  });
});

test("names like __proto__ are only names", () => {
  const env = childEnvironment({}, JSON.parse('{"__proto__":"x"}'), "linux");
  expect(Object.entries(env)).toEqual([["__proto__", "x"]]);
});
