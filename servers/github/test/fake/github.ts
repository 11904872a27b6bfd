import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { notFound, refuse } from "./answers.ts";
import { type FakeLimits, Limits } from "./limits.ts";
import { type FakeUser, World } from "./world.ts";

/** A request the fake answers. */
export interface FakeRequest {
  readonly method: string;
  /** Without the prefix of a server of one's own. */
  readonly path: string;
  readonly url: string;
  /** What stands at `:name` in the route; `*name` takes the rest of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** JSON, when there is any. */
  // biome-ignore lint/suspicious/noExplicitAny: what a client sent is judged by each route
  readonly body: any;
  readonly user: FakeUser;
  readonly world: World;
  /** Aborted once the connection of the request is closed, or it is answered. */
  readonly gone: AbortSignal;
}

/** An answer: JSON unless it is text or bytes. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Answers requests of one kind. */
export type FakeRoute = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

/** Routes by `GET /repos/:owner/:repo`. The first that fits answers; one with `undefined` passes on. */
export type FakeRoutes = Readonly<Record<string, FakeRoute>>;

/** How a fake begins. */
export interface FakeOptions {
  readonly routes?: readonly FakeRoutes[];
  /** By token. Default: `good`, a classic token of `octocat` with the scopes `repo, read:org`. */
  readonly users?: Readonly<Record<string, FakeUser>>;
  readonly limits?: FakeLimits;
}

/** A GitHub on a free port of this machine. */
export interface FakeGitHub extends AsyncDisposable {
  /** Of the host, as `GITHUB_HOST` takes it. */
  readonly url: string;
  readonly world: World;
  /** All that was asked, as it came. */
  readonly requests: (Omit<FakeRequest, "user" | "params" | "world" | "gone"> & {
    status: number;
  })[];
  /** Answers the next requests instead of the routes. */
  readonly instead: FakeRoute[];
}

/** Starts one. */
export async function fakeGitHub(options: FakeOptions = {}): Promise<FakeGitHub> {
  const world = new World();
  const usual = { good: { login: "octocat", scopes: "repo, read:org" } };
  for (const [token, user] of Object.entries(options.users ?? usual)) world.users.set(token, user);
  const limits = new Limits(options.limits ?? {});
  const requests: FakeGitHub["requests"] = [];
  const instead: FakeRoute[] = [];
  const table = (options.routes ?? []).flatMap((routes) => Object.entries(routes).map(compiled));
  const server = createServer(async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const request = { ...(await read(incoming, world)), gone: gone.signal };
    const token = /^(?:Bearer|token) (.+)$/i.exec(incoming.headers.authorization ?? "")?.[1] ?? "";
    const answer = await answerTo(request, token, { table, limits, instead });
    const bytes = bytesOf(answer.body);
    const etag = `"${createHash("sha256").update(bytes).digest("hex")}"`;
    const isSame =
      request.method === "GET" &&
      (answer.status ?? 200) === 200 &&
      incoming.headers["if-none-match"] === etag;
    if (isSame) limits.free(token);
    const status = isSame ? 304 : (answer.status ?? 200);
    requests.push({ ...request, status });
    const { scopes } = world.users.get(token) ?? {};
    outgoing.writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      ...(request.method === "GET" && status < 400 && { etag }),
      ...(scopes !== undefined && { "x-oauth-scopes": scopes }),
      "x-github-request-id": `F:${requests.length}`,
      ...limits.headers(token),
      ...answer.headers,
    });
    outgoing.end(isSame || status === 204 ? undefined : bytes);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    requests,
    instead,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Compiled {
  readonly method: string;
  readonly pattern: RegExp;
  readonly route: FakeRoute;
}

function compiled([name, route]: [string, FakeRoute]): Compiled {
  const [method = "", path = ""] = name.split(" ");
  const source = path.replace(/:(\w+)/g, "(?<$1>[^/]+)").replace(/\*(\w+)/g, "(?<$1>.*)");
  return { method, pattern: new RegExp(`^${source}$`), route };
}

type Unrouted = Omit<FakeRequest, "user" | "params">;

async function answerTo(
  request: Unrouted,
  token: string,
  { table, limits, instead }: { table: readonly Compiled[]; limits: Limits; instead: FakeRoute[] },
): Promise<FakeAnswer> {
  const user = request.world.users.get(token);
  if (!user) return refuse(401, "Bad credentials");
  const early = limits.count(token) ?? (await instead.shift()?.({ ...request, user, params: {} }));
  if (early) return early;
  for (const { method, pattern, route } of table) {
    const found = method === request.method ? pattern.exec(request.path) : null;
    if (!found) continue;
    const params = Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return route({ ...request, user, params });
  }
  return notFound;
}

async function read(incoming: IncomingMessage, world: World): Promise<Omit<Unrouted, "gone">> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host}`);
  return {
    method: incoming.method ?? "GET",
    path: url.pathname.replace(/^\/api\/v3/, "").replace(/^\/api\/graphql$/, "/graphql"),
    url: url.href,
    query: url.searchParams,
    headers: incoming.headers,
    body: text === "" ? undefined : parsed(text),
    world,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body ?? {}));
}
