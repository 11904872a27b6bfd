import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** The secret of the OAuth client at the fake. */
export const CLIENT_SECRET = "5e7c0de-secret-of-the-client";

const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The App's private key, in the form GitHub lets one download and in the newer one. */
export const APP_KEYS = {
  "PKCS #1": KEY.privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
  "PKCS #8": KEY.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
};

/** What differs in a test's GitHub. */
export interface FakeSignInOptions {
  /** Owners by installation. */
  readonly installations?: Readonly<Record<number, string>>;
  /** Seconds until tokens of installations end. */
  readonly installationSeconds?: number;
  /** Whether tokens of users end, as a GitHub App's do. */
  readonly expires?: boolean;
  /** What the token endpoint says first, one for each request. */
  readonly refusals?: readonly string[];
}

type Form = Readonly<Record<string, string>>;
type Answer = readonly [status: number, body: object, location?: string];

/** GitHub's pages to sign in at and what it answers to Apps, on a free port, for one test. */
export async function fakeSignIn(options: FakeSignInOptions = {}) {
  const { installations = {}, installationSeconds = 3_600, expires = false } = options;
  const refusals = [...(options.refusals ?? [])];
  const pages: URLSearchParams[] = [];
  const forms: Form[] = [];
  const asked: string[] = [];
  let granted = 0;
  const current = { refresh: "" };

  const grant = (scope: string): Answer => {
    granted++;
    current.refresh = `ghr_refresh-${granted}`;
    const renewable = { expires_in: 28_800, refresh_token: current.refresh };
    const token = { access_token: `gho_access-${granted}`, token_type: "bearer", scope };
    return [200, { ...token, ...(expires && renewable) }];
  };
  // GitHub refuses with 200.
  const refuse = (error: string): Answer => [200, { error, error_description: "Not so." }];
  const tokens = (form: Form): Answer => {
    forms.push(form);
    const refusal = refusals.shift();
    if (refusal !== undefined) return refuse(refusal);
    if (form.client_id !== "Iv23client") return refuse("incorrect_client_credentials");
    if (form.grant_type === "urn:ietf:params:oauth:grant-type:device_code")
      return grant("repo,gist");
    if (form.client_secret !== CLIENT_SECRET) return refuse("incorrect_client_credentials");
    if (form.grant_type === "refresh_token") {
      return form.refresh_token === current.refresh ? grant("") : refuse("bad_refresh_token");
    }
    const page = pages.at(-1);
    const challenge = createHash("sha256")
      .update(form.code_verifier ?? "")
      .digest("base64url");
    const isHeld = form.code === "code-1" && challenge === page?.get("code_challenge");
    return isHeld
      ? grant(page.get("scope")?.replaceAll(" ", ",") ?? "")
      : refuse("bad_verification_code");
  };
  const app = ({ method, headers }: IncomingMessage, path: string): Answer => {
    asked.push(`${method} ${path}`);
    if (!isSigned(headers.authorization)) return [401, { message: "Bad credentials" }];
    if (path.startsWith("/app/installations?")) {
      return [200, Object.keys(installations).map((id) => ({ id: Number(id) }))];
    }
    const [, id] = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(path) ?? [];
    if (id !== undefined && id in installations) {
      const expires_at = new Date(Date.now() + installationSeconds * 1_000).toISOString();
      return [201, { token: `ghs_${id}-${++granted}`, expires_at, permissions: {} }];
    }
    const [, owner] = /^\/(?:orgs|users)\/([^/]+)\/installation$/.exec(path) ?? [];
    const found = Object.entries(installations).find(([, one]) => one === owner);
    const isPlace = path.startsWith(found?.[1].startsWith("user") ? "/users/" : "/orgs/");
    return found && isPlace ? [200, { id: Number(found[0]) }] : [404, { message: "Not Found" }];
  };
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (url.pathname.startsWith("/api/v3/"))
      return app(request, url.pathname.slice(7) + url.search);
    if (url.pathname === "/login/oauth/authorize") {
      pages.push(url.searchParams);
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.search = `${new URLSearchParams({ code: "code-1", state: url.searchParams.get("state") ?? "" })}`;
      return [302, {}, back.href];
    }
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    if (url.pathname === "/login/oauth/access_token") return tokens(form);
    if (url.pathname !== "/login/device/code") return [404, {}];
    forms.push(form);
    const verification_uri = `${origin}/login/device`;
    const code = { device_code: "device-secret", user_code: "WDJB-MJHT", verification_uri };
    return [200, { ...code, expires_in: 900, interval: 0 }];
  };

  const server = createServer(async (request, response) => {
    const [status, body, location] = await answer(request);
    response.writeHead(status, {
      "content-type": "application/json",
      ...(location && { location }),
    });
    response.end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    addresses: { rest: `${origin}/api/v3`, graphql: `${origin}/api/graphql`, pages: origin },
    /** What users were asked in the browser. */
    pages,
    /** What the endpoints for tokens and codes were sent. */
    forms,
    /** What was asked with an App's signature. */
    asked,
    current,
  };
}

/** GitHub takes what the App's key signed for ten minutes at most. */
function isSigned(authorization = ""): boolean {
  const [head = "", body = "", signature = ""] = authorization.replace(/^bearer /, "").split(".");
  const verify = createVerify("RSA-SHA256").update(`${head}.${body}`);
  if (!verify.verify(KEY.publicKey, Buffer.from(signature, "base64url"))) return false;
  const { iss, iat, exp } = JSON.parse(Buffer.from(body, "base64url").toString());
  const now = Date.now() / 1_000;
  return String(iss) === "1234" && iat <= now && exp > now && exp - now <= 600;
}
