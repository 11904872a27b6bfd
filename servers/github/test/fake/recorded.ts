import { createRequire } from "node:module";
import { nothing } from "./answers.ts";
import type { FakeRoutes } from "./github.ts";

/** An exchange with the real GitHub, as somebody recorded it. */
interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly response: unknown;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** Headers that speak of one connection, and not of the answer. */
const OF_THE_WIRE = /^(connection|content-length|content-encoding|transfer-encoding|etag)$/;

const require = createRequire(import.meta.url);

/** The routes of a recorded scenario, as `labels`: each request is answered as it was then, in turn. */
export function recordedRoutes(scenario: string): FakeRoutes {
  const file = `@octokit/fixtures/scenarios/api.github.com/${scenario}/normalized-fixture.json`;
  const turns = new Map<string, Recorded[]>();
  for (const one of require(file) as Recorded[]) {
    const route = `${one.method.toUpperCase()} ${one.path.replace(/\/$/, "")}`;
    turns.set(route, [...(turns.get(route) ?? []), one]);
  }
  const answering = [...turns].map(([route, exchanges]) => {
    let turn = 0;
    return [route, () => answerOf(exchanges[Math.min(turn++, exchanges.length - 1)]!)] as const;
  });
  return Object.fromEntries(answering);
}

function answerOf({ status, response, headers }: Recorded) {
  if (status === 204) return nothing;
  const said = Object.entries(headers).filter(([name]) => !OF_THE_WIRE.test(name));
  return {
    status,
    headers: Object.fromEntries(said.map(([name, value]) => [name, String(value)])),
    body: response,
  };
}
