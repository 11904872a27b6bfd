import { describe, expect, it } from "vitest";
import { createLogger, type LoggerOptions } from "./log.ts";

function logged(
  options: LoggerOptions,
  write: (log: ReturnType<typeof createLogger>) => void,
): string[] {
  const lines: string[] = [];
  write(createLogger({ ...options, write: (line) => void lines.push(line) }));
  return lines;
}

describe("createLogger", () => {
  it("writes what is as severe as its level or more", () => {
    const lines = logged({ level: "warning" }, (log) => {
      log.info("no");
      log.warning("yes");
      log.emergency("also");
    });
    expect(lines).toEqual([expect.stringContaining("yes"), expect.stringContaining("also")]);
  });

  it("writes one JSON object a line", () => {
    const [line = ""] = logged({ format: "json" }, (log) => log.info("two\nlines", { size: 10n }));
    expect(JSON.parse(line)).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: "info",
      message: "two\nlines",
      size: "10",
    });
    expect(line.indexOf("\n")).toBe(line.length - 1);
  });

  it("keeps text from outside from forging a line", () => {
    const [line] = logged({}, (log) => log.info("a\n2026 error forged", { name: "b\nforged" }));
    expect(line).toMatch(/^\S+ info {4}a 2026 error forged name="b\\nforged"\n$/);
  });

  it("keeps text from outside from acting on the terminal", () => {
    const error = new Error("stop \u001b[2J");
    const [line = ""] = logged({}, (log) =>
      log.info("clear \u001b[2J\u009b1m, naïve 😀", { "a\nforged": "\u2028", error }),
    );
    expect(line).toContain("clear \\u001b[2J\\u009b1m, naïve 😀 a\\u000aforged=");
    expect(line).toContain("\n    Error: stop \\u001b[2J\n");
    expect(["\u001b", "\u009b", "\u2028"].filter((one) => line.includes(one))).toEqual([]);
  });

  it.each([
    ["postgres://me:hun@ter2@db/x", "postgres://me:***@db/x"],
    ["postgres://db/x?user=me&password=hunter2#a", "postgres://db/x?user=me&password=***#a"],
    ["https://api.example/?api_key=hunter2 and more", "https://api.example/?api_key=*** and more"],
  ])("hides the secret in %s", (url, shown) => {
    const lines = logged({ format: "json" }, (log) => log.info(url, { url, mail: "a@b.c" }));
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ message: shown, url: shown, mail: "a@b.c" });
  });

  it.each(["text", "json"] as const)("hides secrets by name and in URLs (%s)", (format) => {
    const lines = logged({ format }, (log) =>
      log.info("to postgres://me:hunter2@db/x", {
        apiToken: "hunter2",
        headers: { Authorization: "hunter2" },
        error: new Error("at postgres://me:hunter2@db/x"),
      }),
    );
    expect(lines.join("")).not.toContain("hunter2");
    expect(lines.join("")).toContain("postgres://me:***@db/x");
  });

  it("writes an error with its stack, indented in text", () => {
    const error = new Error("broken", { cause: new Error("deeper") });
    const [text = ""] = logged({}, (log) => log.error("Failed.", { error }));
    expect(text).toMatch(/error {3}Failed\.\n {4}Error: broken\n {4} +at /);
    expect(text).toContain("\n    Caused by: Error: deeper\n");
    const [json = ""] = logged({ format: "json" }, (log) => log.error("Failed.", { error }));
    expect(JSON.parse(json).error).toMatchObject({
      message: "broken",
      cause: { message: "deeper" },
    });
  });

  it("survives a field that contains itself", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const [line] = logged({}, (log) => log.info("loop", { loop }));
    expect(line).toContain("loop=");
  });
});
