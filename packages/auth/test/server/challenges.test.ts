import type { HttpAnswer } from "@portico/core";
import { describe, expect, test } from "vitest";
import { jwt, resourceServer, staticTokens } from "../../src/server/index.ts";
import { ask, bearer, head, RESOURCE } from "./asking.ts";

const tokens = jwt({ issuer: "https://as.example.com" });
const METADATA = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
const server = resourceServer({
  resource: RESOURCE,
  tokens,
  scopes: ["files:read", "files:write"],
  name: "Files",
  documentation: "https://mcp.example.com/docs",
});

describe("a request without a usable token", () => {
  test("that brought none is told where to get one and which scopes to ask for, and of no error", async () => {
    const { status, challenge } = await ask(server, {});
    expect(status).toBe(401);
    expect(challenge).toBe(
      `Bearer scope="files:read files:write", resource_metadata="${METADATA}"`,
    );
  });

  test("is sent to the operator where there is nowhere else to get one", async () => {
    const alone = resourceServer({ resource: RESOURCE, tokens: staticTokens("") });
    const { challenge, body } = await ask(alone, {});
    expect(challenge).toBe("Bearer");
    expect(body).toContain("operator");
  });

  test("that brought other credentials is told the same", async () => {
    expect(await ask(server, { authorization: "Basic YTpi" })).toEqual(await ask(server, {}));
  });

  test.each([
    ["Bearer"],
    ["Bearer "],
    ["Bearer one two"],
    ["Bearer one, Bearer two"],
    ['Bearer token="x"'],
    ["Bearer tök"],
    [`Bearer ${"x".repeat(16_385)}`],
  ])("that is malformed is told so: %s", async (authorization) => {
    const { status, challenge } = await ask(server, { authorization });
    expect(status).toBe(400);
    expect(challenge).toContain('error="invalid_request"');
  });

  test("that is in the URL is refused, even beside a header", async () => {
    const requests: Record<string, string>[] = [{}, { authorization: "Bearer x" }];
    for (const headers of requests) {
      const answered = await ask(server, headers, { target: "/mcp?a=1&access_token=secret-token" });
      expect(answered.status).toBe(400);
      expect(JSON.stringify(answered)).not.toContain("secret-token");
    }
  });

  test("learns no more of a bad token than that it is bad", async () => {
    const { status, challenge, body } = await bearer(server, "secret-token");
    expect(status).toBe(401);
    expect(challenge).toMatch(/^Bearer error="invalid_token", error_description="[^"]+", scope=/);
    expect(challenge + (body ?? "")).not.toContain("secret-token");
  });

  test("is told of the resource's own address, whatever Host it called", async () => {
    const { challenge } = await ask(
      server,
      { host: "evil.example" },
      { origin: "http://evil.example" },
    );
    expect(challenge).toContain(METADATA);
  });
});

test("a caller without enough scopes is told all that the call needs", () => {
  const answer = server.authenticator.insufficientScope(
    ["files:read", "files:delete"],
    head({ authorization: "Bearer x" }),
  );
  expect(answer.status).toBe(403);
  expect(answer.headers?.["www-authenticate"]).toBe(
    'Bearer error="insufficient_scope", error_description="This needs the scope files:read files:delete.", ' +
      `scope="files:read files:delete", resource_metadata="${METADATA}"`,
  );
});

describe("the metadata document", () => {
  const get = (target: string, method = "GET", from = server): HttpAnswer | undefined => {
    const [route] = from.routes;
    return route?.(head({}, { method, target })) as HttpAnswer | undefined;
  };

  test("says what the resource is and whom to ask for tokens", () => {
    expect(JSON.parse(get("/.well-known/oauth-protected-resource/mcp")?.body ?? "")).toEqual({
      resource: RESOURCE,
      authorization_servers: ["https://as.example.com"],
      bearer_methods_supported: ["header"],
      scopes_supported: ["files:read", "files:write"],
      resource_name: "Files",
      resource_documentation: "https://mcp.example.com/docs",
    });
  });

  test("is the same at the root, and for browsers of any origin", () => {
    const own = get("/.well-known/oauth-protected-resource/mcp?x=1");
    expect(get("/.well-known/oauth-protected-resource")).toEqual(own);
    expect(own?.headers).toMatchObject({
      "content-type": "application/json",
      "access-control-allow-origin": "*",
    });
    expect(get("/.well-known/oauth-protected-resource", "OPTIONS")?.status).toBe(204);
    expect(get("/.well-known/oauth-protected-resource", "HEAD")?.body).toBeUndefined();
    expect(get("/.well-known/oauth-protected-resource", "POST")?.status).toBe(405);
  });

  test("is nowhere else", () => {
    for (const target of ["/", "/mcp", "/.well-known/oauth-protected-resource/other"]) {
      expect(get(target)).toBeUndefined();
    }
  });

  test("of a resource without a path is at the root only", async () => {
    const root = resourceServer({ resource: "https://mcp.example.com", tokens });
    const body = get("/.well-known/oauth-protected-resource", "GET", root)?.body;
    expect(JSON.parse(body ?? "")).toMatchObject({ resource: "https://mcp.example.com" });
    expect((await ask(root, {})).challenge).toBe(
      'Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource"',
    );
  });

  test("does not exist where there is no authorization server to name", async () => {
    const closed = resourceServer({ resource: RESOURCE, tokens: staticTokens("") });
    expect(closed.routes).toEqual([]);
    expect((await ask(closed, {})).challenge).toBe("Bearer");
  });
});

test.each([
  [{ resource: "mcp.example.com" }, "resource must be"],
  [{ resource: "https://mcp.example.com/mcp#x" }, "resource must be"],
  [{ resource: "https://mcp.example.com/mcp#" }, "resource must be"],
  [{ resource: "ftp://mcp.example.com" }, "resource must be"],
  [{ scopes: ['a"b'] }, "is no scope"],
  [{ scopes: ["a b"] }, "is no scope"],
  [{ scopes: ["a\r\nx: y"] }, "is no scope"],
])("refuses a set-up that clients could not use: %j", (options, message) => {
  expect(() => resourceServer({ resource: RESOURCE, tokens, ...options })).toThrow(message);
});
