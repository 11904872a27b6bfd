import { createHash } from "node:crypto";
import { type Answer, type Seen, serve } from "./serve.ts";

/** How a test's authorization server differs from a well-behaved one. */
export interface AuthorityOptions {
  /** Path of the issuer. */
  readonly path?: string;
  /** Where its metadata is; nowhere else. */
  readonly metadataAt?: readonly string[];
  /** Fields to change in the metadata; undefined removes one. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Answers the nth token request (from 1) in its own way. */
  readonly token?: (seen: Seen, count: number) => Answer | undefined | Promise<Answer | undefined>;
  /** Changes the parameters a user comes back with. */
  readonly response?: (parameters: URLSearchParams) => void;
  /** Answers a registration in its own way. */
  readonly register?: (metadata: Record<string, unknown>) => Answer;
}

/** An authorization server written for tests: it authorizes everyone at once and remembers all requests. */
export async function authority(options: AuthorityOptions = {}) {
  const { path = "", token, response, register } = options;
  const metadataAt = options.metadataAt ?? [`/.well-known/oauth-authorization-server${path}`];
  const challenges: string[] = [];
  let [tokens, clients] = [0, 0];

  const server = await serve(async (seen): Promise<Answer> => {
    const { pathname, searchParams } = seen.url;
    if (metadataAt.includes(pathname)) return { json: metadata() };
    if (pathname === `${path}/authorize`) return authorize(searchParams);
    if (pathname === `${path}/register`) return registered(JSON.parse(seen.body));
    if (pathname !== `${path}/token`) return { status: 404 };
    tokens += 1;
    return (await token?.(seen, tokens)) ?? grant(seen);
  });
  const issuer = server.origin + path;

  function metadata() {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      registration_endpoint: `${issuer}/register`,
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
      authorization_response_iss_parameter_supported: true,
      ...options.metadata,
    };
  }

  function authorize(asked: URLSearchParams): Answer {
    challenges.push(asked.get("code_challenge") ?? "");
    const parameters = new URLSearchParams({ code: `code-${challenges.length}`, iss: issuer });
    parameters.set("state", asked.get("state") ?? "");
    response?.(parameters);
    return { status: 302, headers: { location: `${asked.get("redirect_uri")}?${parameters}` } };
  }

  function registered(asked: Record<string, unknown>): Answer {
    clients += 1;
    return register?.(asked) ?? { status: 201, json: { ...asked, client_id: `client-${clients}` } };
  }

  function grant({ form }: Seen): Answer {
    const hash = createHash("sha256")
      .update(form.code_verifier ?? "")
      .digest("base64url");
    if (form.grant_type === "authorization_code" && !challenges.includes(hash)) {
      return { status: 400, json: { error: "invalid_grant" } };
    }
    const names = { access_token: `access-${tokens}`, refresh_token: `refresh-${tokens}` };
    return { json: { ...names, token_type: "bearer", expires_in: 3600 } };
  }

  const at = (end: string) => server.seen.filter(({ url }) => url.pathname === path + end);
  return {
    issuer,
    seen: server.seen,
    authorizations: () => at("/authorize").map(({ url }) => Object.fromEntries(url.searchParams)),
    registrations: () => at("/register").map(({ body }) => JSON.parse(body)),
    tokenRequests: () => at("/token"),
  };
}

/** An authorization server of a test. */
export type Authority = Awaited<ReturnType<typeof authority>>;
