import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";
import { beforeAll, vi } from "vitest";

type Fields = Readonly<Record<string, unknown>>;

/** How a provider differs from the usual one; the names are its own. */
export interface ProviderOptions {
  readonly configuration?: Fields;
  readonly features?: Fields;
}

/** Where a real authorization server is. */
export interface RunningProvider extends AsyncDisposable {
  readonly issuer: string;
}

// It warns that a server for tests is no server for production.
beforeAll(() => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

/**
 * A real authorization server at a port of its own: it grants `read` and `write` to users and machines, renews, and
 * binds tokens to keys where clients want it.
 */
export async function startProvider(options: ProviderOptions = {}): Promise<RunningProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "1" };
  const provider = new Provider(issuer, {
    jwks: { keys: [key] },
    cookies: { keys: ["for tests"] },
    scopes: ["openid", "offline_access", "read", "write"],
    rotateRefreshToken: true,
    features: { ...features, ...options.features },
    ...options.configuration,
  });
  server.on("request", provider.callback());
  return {
    issuer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const tokens = {
  scope: "read write",
  accessTokenFormat: "jwt",
  accessTokenTTL: 600,
  jwt: { sign: { alg: "RS256" } },
};

const features = {
  registration: { enabled: true },
  clientCredentials: { enabled: true },
  dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 1), requireNonce: () => false },
  resourceIndicators: {
    enabled: true,
    useGrantedResource: () => true,
    getResourceServerInfo: () => tokens,
  },
};
