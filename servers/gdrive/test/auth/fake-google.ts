import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** How a test's Google behaves. */
export interface FakeGoogleOptions {
  /** What the user answers on the page; by default they allow what is asked. */
  readonly answer?: (asked: URLSearchParams, code: string) => Record<string, string>;
  /** Scopes the user leaves ticked, of those asked for. */
  readonly allows?: (scope: string) => boolean;
}

type Form = Readonly<Record<string, string>>;

/** The secret of the OAuth client at the fake. */
export const CLIENT_SECRET = "GOCSPX-secret-of-the-client";

const SERVICE_KEY = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The file Google's console gives for a service account. */
export const SERVICE_ACCOUNT = JSON.stringify({
  type: "service_account",
  client_email: "robot@project.iam.gserviceaccount.com",
  private_key_id: "key-1",
  private_key: SERVICE_KEY.privateKey.export({ type: "pkcs8", format: "pem" }),
});

/** Google's page for users and its token endpoint, on a free port, for one test. */
export async function fakeGoogle(options: FakeGoogleOptions = {}) {
  const { allows = () => true, answer = (_, code) => ({ code }) } = options;
  const forms: Form[] = [];
  const pages: URLSearchParams[] = [];
  let granted = 0;
  /** What is answered in place of tokens. */
  const override: {
    refusal?: { status: number; error: string } | undefined;
    /** Comes along when a token is renewed. */
    refreshToken?: string;
  } = {};

  const page = ({ searchParams }: URL, response: ServerResponse) => {
    pages.push(searchParams);
    const back = new URL(searchParams.get("redirect_uri") ?? "");
    const parameters = {
      state: searchParams.get("state") ?? "",
      ...answer(searchParams, `4/code-${pages.length}`),
    };
    for (const [name, value] of Object.entries(parameters)) back.searchParams.set(name, value);
    response.writeHead(302, { location: back.href }).end();
  };
  const tokens = (form: Form): [status: number, json: object] => {
    forms.push(form);
    const { refusal } = override;
    if (refusal) return [refusal.status, { error: refusal.error, error_description: "Bad." }];
    const asked = pages.at(-1);
    if (form.grant_type === "urn:ietf:params:oauth:grant-type:jwt-bearer") {
      return isSigned(form.assertion ?? "")
        ? [200, answerWith(++granted, {})]
        : [400, { error: "invalid_grant" }];
    }
    if (form.client_secret !== CLIENT_SECRET) return [401, { error: "invalid_client" }];
    if (form.grant_type === "refresh_token") {
      const { refreshToken: refresh_token } = override;
      return [200, answerWith(++granted, { refresh_token })];
    }
    const challenge = createHash("sha256")
      .update(form.code_verifier ?? "")
      .digest("base64url");
    const isHeld =
      form.code === `4/code-${pages.length}` &&
      challenge === asked?.get("code_challenge") &&
      form.redirect_uri === asked.get("redirect_uri");
    if (!isHeld) return [400, { error: "invalid_grant" }];
    const scope = (asked?.get("scope") ?? "").split(" ").filter(allows).join(" ");
    return [200, answerWith(++granted, { refresh_token: `1//refresh-${granted}`, scope })];
  };

  const server = createServer(async (request: IncomingMessage, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (url.pathname === "/o/oauth2/v2/auth") return page(url, response);
    const [status, json] = tokens(Object.fromEntries(new URLSearchParams(await text(request))));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(override, {
    forms,
    pages,
    /** The keys file of an OAuth client; `web` with the addresses it is registered with. */
    keys: (redirectUris?: readonly string[]) => {
      const client = {
        client_id: "desk.apps.googleusercontent.com",
        client_secret: CLIENT_SECRET,
        auth_uri: `${origin}/o/oauth2/v2/auth`,
        token_uri: `${origin}/token`,
        redirect_uris: redirectUris ?? ["http://localhost"],
      };
      return JSON.stringify(redirectUris ? { web: client } : { installed: client });
    },
    /** Reaches the fake in place of Google. */
    fetch: (url: string | URL, init?: RequestInit) =>
      fetch(new URL(new URL(url).pathname, origin), init),
  });
}

function answerWith(count: number, more: object) {
  return { access_token: `ya29.access-${count}`, expires_in: 3599, token_type: "Bearer", ...more };
}

function isSigned(assertion: string): boolean {
  const [head = "", body = "", signature = ""] = assertion.split(".");
  const verify = createVerify("RSA-SHA256").update(`${head}.${body}`);
  return verify.verify(SERVICE_KEY.publicKey, Buffer.from(signature, "base64url"));
}

/** What a service account claims in a request for a token. */
export function claimsOf(assertion: string | undefined): unknown {
  return JSON.parse(Buffer.from(assertion?.split(".")[1] ?? "", "base64url").toString());
}
