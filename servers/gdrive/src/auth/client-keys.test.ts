import { RemoteError } from "@portico/remote-api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseClientKeys } from "./client-keys.ts";

test("the file of a desktop app is read, with Google's own addresses where it has none", () => {
  const keys = parseClientKeys('{"installed":{"client_id":"desk","client_secret":"s"}}', undefined);
  expect(keys).toEqual({
    server: {
      issuer: "https://accounts.google.com",
      authorizationEndpoint:
        "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent",
      tokenEndpoint: "https://oauth2.googleapis.com/token",
      authMethods: ["client_secret_post"],
      sendsIssuer: false,
    },
    client: { clientId: "desk", clientSecret: "s" },
    registered: undefined,
  });
});

test("of the addresses of a web application the one of the port is chosen, else the first of this machine", () => {
  const redirect_uris = [
    "https://x.example/",
    "http://localhost:3000/a",
    "http://127.0.0.1:4000/b",
  ];
  const file = JSON.stringify({ web: { client_id: "web", redirect_uris } });
  expect(parseClientKeys(file, 4000).registered?.href).toBe("http://127.0.0.1:4000/b");
  expect(parseClientKeys(file, 5000).registered?.href).toBe("http://localhost:3000/a");
});

test("whatever a file holds, it is read or refused in a sentence that does not repeat it", () => {
  const client = fc.record(
    {
      client_id: fc.jsonValue(),
      client_secret: fc.constant("GOCSPX-secret"),
      auth_uri: fc.oneof(fc.webUrl(), fc.string()),
      token_uri: fc.oneof(fc.webUrl(), fc.string()),
      redirect_uris: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
    },
    { requiredKeys: ["client_secret"] },
  );
  const file = fc.oneof(
    fc.string(),
    fc.json(),
    client.map((installed) => JSON.stringify({ installed })),
    client.map((web) => JSON.stringify({ web })),
  );
  fc.assert(
    fc.property(file, (content) => {
      try {
        const { server } = parseClientKeys(content, undefined);
        expect(server.tokenEndpoint).toMatch(/^(https:\/\/|http:\/\/127\.0\.0\.1[:/])/);
      } catch (error) {
        expect(error).toBeInstanceOf(RemoteError);
        expect((error as Error).message).not.toContain("GOCSPX");
      }
    }),
    { seed: 5, numRuns: 500 },
  );
});
