import { drivesAndChanges } from "./drives.ts";
import { filesReading, filesWriting } from "./files.ts";
import { type Answer, type Asked, type Listening, listen, Refusal, type Route } from "./http.ts";
import { Store } from "./store.ts";

/** Stands for Google, which cannot be reached where tests run: state, limits, errors. */
export interface FakeDrive extends Listening {
  readonly store: Store;
  /** What was asked, in order. */
  readonly requests: Asked[];
  /** What was not refused, in order. */
  readonly served: Asked[];
  /** Requests that were refused for coming too fast. */
  readonly refused: () => number;
  /** Answers the next requests in its place: `hang-up` does nothing, `lost` does all and loses the answer. */
  readonly instead: ((asked: Asked) => Answer | "hang-up" | "lost" | Promise<Answer>)[];
}

/** How the fake is. */
export interface FakeOptions {
  /** Users by their tokens. */
  readonly tokens?: Readonly<Record<string, string>>;
  /** Requests a second; more are refused with a 403. */
  readonly perSecond?: number;
  /** Operations besides the core's; the first that matches answers. */
  readonly parts?: readonly ((store: Store) => Route[])[];
}

/** Starts the fake. */
export async function fakeDrive({
  tokens = { good: "ada" },
  perSecond = Number.POSITIVE_INFINITY,
  parts = [],
}: FakeOptions = {}): Promise<FakeDrive> {
  const store = new Store();
  const requests: Asked[] = [];
  const served: Asked[] = [];
  const instead: FakeDrive["instead"] = [];
  const all = [...parts, filesReading, filesWriting, drivesAndChanges];
  const routes = all.flatMap((part) => part(store));
  let recent: number[] = [];
  let refused = 0;

  const admit = () => {
    const now = performance.now();
    recent = recent.filter((at) => now - at < 1_000);
    if (recent.length >= perSecond) {
      refused++;
      throw new Refusal(403, "userRateLimitExceeded", "User Rate Limit Exceeded.");
    }
    recent.push(now);
  };
  const listening = await listen(async (given) => {
    const [, token = ""] = /^Bearer (.+)$/.exec(given.headers.authorization ?? "") ?? [];
    const asked = { ...given, user: tokens[token] ?? "" };
    requests.push(asked);
    try {
      const other = await instead.shift()?.(asked);
      if (other !== undefined && other !== "lost") return other;
      if (asked.user === "") throw new Refusal(401, "authError", "Invalid Credentials");
      admit();
      const answer = await answerOf(routes, asked);
      served.push(asked);
      return other === "lost" ? "hang-up" : answer;
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      return { status: 500, body: { error: { code: 500, message: String(error) } } };
    }
  });
  return { ...listening, store, requests, served, refused: () => refused, instead };
}

async function answerOf(routes: readonly Route[], asked: Asked): Promise<Answer> {
  for (const { method, path, answer } of routes) {
    const match = method === asked.method ? path.exec(asked.path) : null;
    if (match) return answer(asked, ...match.slice(1).map(decodeURIComponent));
  }
  throw new Refusal(404, "notFound", `Not Found: ${asked.method} ${asked.path}`);
}
