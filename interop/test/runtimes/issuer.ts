import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An authorization server, as far as whoever takes its tokens sees it. */
export interface Issuer {
  readonly url: string;
  /** A token for `audience` that is good for ten minutes. */
  tokenFor(audience: string): string;
  close(): void;
}

/** Starts one with a key of its own. */
export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = { ...publicKey.export({ format: "jwk" }), kid: "only", alg: "ES256", use: "sig" };
  const server = createServer((request, response) => {
    const metadata = { issuer: url, jwks_uri: `${url}/jwks`, response_types_supported: ["code"] };
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(request.url === "/jwks" ? { keys: [key] } : metadata));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tokenFor: (audience) => signed({ iss: url, aud: audience, sub: "ada" }, privateKey),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function signed(claims: object, key: KeyObject): string {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, exp: now + 600 };
  const parts = [
    { alg: "ES256", typ: "at+jwt", kid: "only" },
    { ...claims, ...times, client_id: "a-host", scope: "read" },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const bytes = sign("sha256", Buffer.from(text.join(".")), { key, dsaEncoding: "ieee-p1363" });
  return [...text, bytes.toString("base64url")].join(".");
}
