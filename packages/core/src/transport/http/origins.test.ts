import { describe, expect, test } from "vitest";
import type { HttpHead } from "./head.ts";
import { SiteGuard, type SiteRules } from "./origins.ts";

function head(host: string | undefined, origin?: string): HttpHead {
  const headers: Record<string, string | undefined> = { host, origin };
  return {
    method: "POST",
    target: "/mcp",
    origin: "https://edge.example.com",
    header: (name) => headers[name],
  };
}

const OPTIONS: SiteRules = {
  allowedHosts: ["mcp.example.com", "Other.example.com:8443"],
  allowedOrigins: ["https://app.example.com"],
};

const mayCall = (rules: SiteRules, host: string | undefined, origin?: string) => {
  const guard = new SiteGuard(rules);
  if (!guard.allowsHost(host)) return false;
  return origin === undefined || guard.allowsOrigin(head(host, origin), origin);
};

describe("a Host", () => {
  test.each(["localhost", "localhost:3000", "127.0.0.1:1", "[::1]:80", "LOCALHOST"])(
    "of this machine is always answered: %s",
    (host) => {
      expect(mayCall({}, host)).toBe(true);
    },
  );

  test.each(["evil.example.com", "localhost.evil.com", "127.0.0.1.evil.com", "evil.com:80", ""])(
    "that was not allowed is refused: %s",
    (host) => {
      expect(mayCall(OPTIONS, host)).toBe(false);
    },
  );

  test("allowed without a port is answered on any, one with a port only there", () => {
    expect(mayCall(OPTIONS, "MCP.example.com:9000")).toBe(true);
    expect(mayCall(OPTIONS, "other.example.com:8443")).toBe(true);
    expect(mayCall(OPTIONS, "other.example.com")).toBe(false);
  });

  test("is not looked at when all are allowed", () => {
    expect(mayCall({ allowedHosts: ["*"] }, "anything.example")).toBe(true);
  });
});

describe("an Origin", () => {
  test.each(["http://localhost:6274", "https://127.0.0.1", "https://app.example.com"])(
    "of this machine or an allowed page may call: %s",
    (origin) => {
      expect(mayCall(OPTIONS, "localhost:3000", origin)).toBe(true);
    },
  );

  test.each(["https://evil.com", "null", "http://localhost.evil.com", "https://app.example.com.x"])(
    "of another page is refused on a good Host: %s",
    (origin) => {
      expect(mayCall(OPTIONS, "localhost:3000", origin)).toBe(false);
    },
  );

  test("of the server's own page may call, whatever the scheme", () => {
    expect(mayCall(OPTIONS, "mcp.example.com", "https://mcp.example.com")).toBe(true);
  });

  test("of a page whose name was pointed at this machine does not help it", () => {
    expect(mayCall(OPTIONS, "evil.com", "http://evil.com")).toBe(false);
  });

  test("is not looked at when all are allowed", () => {
    expect(mayCall({ allowedOrigins: ["*"] }, "localhost", "https://evil.com")).toBe(true);
  });
});
