import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answers } from "./answers.ts";

/** What a key may do on the fake. */
export interface Plan {
  readonly perSecond: number;
  readonly perMonth: number;
}

/** Stands for Brave's API, which costs money and cannot be reached where tests run: plans, limits, errors, results. */
export interface FakeBrave extends AsyncDisposable {
  readonly url: string;
  /** What was asked, in order. */
  readonly requests: Asked[];
  /** Requests that were refused for being too many. */
  readonly refused: () => number;
  /** Answers the next requests in its place. */
  readonly instead: ((request: IncomingMessage, response: ServerResponse) => void)[];
}

/** A request as it came. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}

const FREE: Plan = { perSecond: 1_000, perMonth: 100_000 };

/** Starts the fake with these keys. */
export async function fakeBrave(
  keys: Readonly<Record<string, Plan>> = { good: FREE },
): Promise<FakeBrave> {
  const requests: Asked[] = [];
  const instead: FakeBrave["instead"] = [];
  const accounts = new Map(Object.entries(keys).map(([key, plan]) => [key, new Account(plan)]));
  let refused = 0;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://fake");
    requests.push({ path: pathname, query: searchParams, headers: request.headers });
    const other = instead.shift();
    if (other) return other(request, response);
    response.setHeader("content-type", "application/json");
    const account = accounts.get(String(request.headers["x-subscription-token"]));
    if (!account)
      return refuse(
        response,
        422,
        "SUBSCRIPTION_TOKEN_INVALID",
        "The provided subscription token is invalid.",
      );
    const allowed = account.take();
    for (const [name, value] of account.headers()) response.setHeader(name, value);
    if (!allowed) {
      refused++;
      return refuse(response, 429, "RATE_LIMITED", "Request rate limit exceeded for plan.");
    }
    const answer = answers[pathname]?.(searchParams);
    if (!answer) return refuse(response, 404, "NOT_FOUND", "No such endpoint.");
    response.end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    refused: () => refused,
    instead,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Ends a request as Brave refuses one. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  detail: string,
): void {
  response
    .writeHead(status)
    .end(
      JSON.stringify({ type: "ErrorResponse", error: { id: "e", status, code, detail, meta: {} } }),
    );
}

/** Counts the requests of a key in a sliding second and in a month. */
class Account {
  readonly #plan: Plan;
  #recent: number[] = [];
  #month = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  take(): boolean {
    const now = performance.now();
    this.#recent = this.#recent.filter((at) => now - at < 1_000);
    if (this.#recent.length >= this.#plan.perSecond || this.#month >= this.#plan.perMonth)
      return false;
    this.#recent.push(now);
    this.#month++;
    return true;
  }

  headers(): [string, string][] {
    const { perSecond, perMonth } = this.#plan;
    const left = [perSecond - this.#recent.length, perMonth - this.#month];
    return [
      ["x-ratelimit-limit", `${perSecond}, ${perMonth}`],
      ["x-ratelimit-policy", `${perSecond};w=1, ${perMonth};w=2592000`],
      ["x-ratelimit-remaining", left.join(", ")],
      ["x-ratelimit-reset", "1, 1419704"],
    ];
  }
}
