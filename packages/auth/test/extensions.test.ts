import { defineServer } from "@portico/core";
import { connect } from "@portico/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { CLIENT_CREDENTIALS_EXTENSION, ENTERPRISE_MANAGED_EXTENSION } from "../src/client/index.ts";

test("a client and a server tell each other which ways to a token they know", async () => {
  let declared: unknown;
  const server = defineServer({
    name: "machines",
    version: "1.0.0",
    extensions: [{ id: CLIENT_CREDENTIALS_EXTENSION }, { id: ENTERPRISE_MANAGED_EXTENSION }],
  });
  const client = await connect(server, {
    extensions: [{ id: CLIENT_CREDENTIALS_EXTENSION }],
    middleware: [
      (call, next) => {
        declared = call.client.capabilities.extensions;
        return next(call);
      },
    ],
  });
  onTestFinished(() => client.close());
  expect(declared).toEqual({ "io.modelcontextprotocol/oauth-client-credentials": {} });
  expect(client.server.capabilities?.extensions).toEqual({
    "io.modelcontextprotocol/enterprise-managed-authorization": {},
    "io.modelcontextprotocol/oauth-client-credentials": {},
  });
});
