import { describe, expect, test } from "vitest";
import type { HttpHead } from "./head.ts";
import { type OriginOptions, originRule } from "./origins.ts";

function head(host: string | undefined, origin?: string): HttpHead {
  const headers: Record<string, string | undefined> = { host, origin };
  return {
    method: "POST",
    target: "/mcp",
    origin: "https://edge.example.com",
    header: (name) => headers[name],
  };
}

const OPTIONS: OriginOptions = {
  allowedHosts: ["mcp.example.com", "Other.example.com:8443"],
  allowedOrigins: ["https://app.example.com"],
};

const status = (options: OriginOptions, host: string | undefined, origin?: string) =>
  originRule(options)(head(host, origin))?.status;

describe("a Host", () => {
  test.each(["localhost", "localhost:3000", "127.0.0.1:1", "[::1]:80", "LOCALHOST"])(
    "of this machine is always answered: %s",
    (host) => {
      expect(status({}, host)).toBeUndefined();
    },
  );

  test.each(["evil.example.com", "localhost.evil.com", "127.0.0.1.evil.com", "evil.com:80", ""])(
    "that was not allowed gets 403: %s",
    (host) => {
      expect(status(OPTIONS, host)).toBe(403);
    },
  );

  test("allowed without a port is answered on any, one with a port only there", () => {
    expect(status(OPTIONS, "MCP.example.com:9000")).toBeUndefined();
    expect(status(OPTIONS, "other.example.com:8443")).toBeUndefined();
    expect(status(OPTIONS, "other.example.com")).toBe(403);
  });

  test("counts from the address where the runtime shows no header", () => {
    expect(status({}, undefined)).toBe(403);
    expect(status({ allowedHosts: ["edge.example.com"] }, undefined)).toBeUndefined();
  });

  test("is not looked at when all are allowed", () => {
    expect(status({ allowedHosts: ["*"] }, "anything.example")).toBeUndefined();
  });
});

describe("an Origin", () => {
  test.each(["http://localhost:6274", "https://127.0.0.1", "https://app.example.com"])(
    "of this machine or an allowed page may call: %s",
    (origin) => {
      expect(status(OPTIONS, "localhost:3000", origin)).toBeUndefined();
    },
  );

  test.each(["https://evil.com", "null", "http://localhost.evil.com", "https://app.example.com.x"])(
    "of another page gets 403 on a good Host: %s",
    (origin) => {
      expect(status(OPTIONS, "localhost:3000", origin)).toBe(403);
    },
  );

  test("of the server's own page may call, whatever the scheme", () => {
    expect(status(OPTIONS, "mcp.example.com", "https://mcp.example.com")).toBeUndefined();
  });

  test("of a page whose name was pointed at this machine does not help it", () => {
    expect(status(OPTIONS, "evil.com", "http://evil.com")).toBe(403);
  });

  test("is not looked at when all are allowed", () => {
    expect(status({ allowedOrigins: ["*"] }, "localhost", "https://evil.com")).toBeUndefined();
  });
});
