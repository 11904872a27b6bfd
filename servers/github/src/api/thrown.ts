/** What Octokit throws: an answer that is no success, or what went wrong on the way as `cause`. */
export interface Thrown {
  readonly status?: number;
  readonly cause?: unknown;
  readonly response?: ThrownResponse;
}

/** The answer that was no success. */
export interface ThrownResponse {
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Its headers, as `fetch` has them. */
export function headersOf({ headers }: ThrownResponse): Headers {
  return new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
