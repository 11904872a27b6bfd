import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Call } from "../kernel/call.ts";
import type { Middleware } from "../kernel/compose.ts";
import type { Outcome } from "../kernel/outcome.ts";
import { RATE_LIMITED } from "../kernel/rate-limited.ts";
import { MCP_ERROR } from "../protocol/index.ts";
import type { HttpRoute } from "../transport/http/head.ts";
import { goesOn, nameOf, observe, observer, statusOf } from "./facts.ts";
import { KnownNames } from "./known-names.ts";

/** Where {@link metrics} counts. */
export interface MetricsOptions {
  /** Where the metrics are kept, for a process that has others of its own. Default: a new one. */
  readonly registry?: Registry;
}

/** What a transport knows of itself. */
export interface TransportCounts {
  /** Sessions that are open. */
  readonly sessions?: number;
  /** Event streams that are open. */
  readonly streams?: number;
  /** Since the transport began. */
  readonly bytesReceived?: number;
  /** Since the transport began. */
  readonly bytesSent?: number;
}

/** The metrics of one server. */
export interface Metrics {
  readonly middleware: Middleware;
  /** Answers `GET /metrics` for Prometheus. It tells every reader which tools there are and how much they are used. */
  readonly route: HttpRoute;
  /**
   * Adds what a transport counts, such as the `counts` of `serveHttp`. It is read whenever somebody asks for the metrics.
   * @throws {Error} when a transport is watched already
   */
  watch(read: () => TransportCounts): void;
  readonly registry: Registry;
}

/** Seconds; those of OpenTelemetry's `mcp.server.operation.duration`. */
const BUCKETS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
const OPEN = {
  sessions: "Sessions that are open.",
  streams: "Event streams that are open.",
} as const;
const CARRIED = {
  bytesReceived: ["mcp_server_received_bytes_total", "Bytes that were received."],
  bytesSent: ["mcp_server_sent_bytes_total", "Bytes that were sent."],
} as const;
const CODES: ReadonlySet<number> = new Set([...Object.values(MCP_ERROR), RATE_LIMITED]);

/** Stands for everything that is not known to exist, so that callers cannot make up labels. */
const OTHER = "other";

/**
 * Counts calls by method, tool or prompt, and status; measures how long they take and how many run. A status is
 * `ok`, `tool_error`, `input_required`, `cancelled` or an error's code. A call that goes on as a task counts when it
 * has run, not when it was begun.
 * @throws {Error} when the registry already holds metrics of these names
 */
export function metrics({ registry = new Registry() }: MetricsOptions = {}): Metrics {
  const names = new KnownNames();
  const registers = [registry];
  const calls = new Counter({
    name: "mcp_server_calls_total",
    help: "Calls that ended.",
    labelNames: ["method", "name", "status"] as const,
    registers,
  });
  const duration = new Histogram({
    name: "mcp_server_call_duration_seconds",
    help: "How long calls took.",
    labelNames: ["method", "name"] as const,
    buckets: BUCKETS,
    registers,
  });
  const running = new Gauge({
    name: "mcp_server_calls_in_flight",
    help: "Calls that run.",
    registers,
  });
  return {
    registry,
    route: routeTo(registry),
    watch: (read) => watch(read, registers),
    middleware: observer(function measure(call, next) {
      const started = performance.now();
      running.inc();
      return observe(call, next, (outcome) => {
        running.dec();
        names.learn(call, outcome);
        if (goesOn(outcome)) return;
        const labels = labelsOf(call, names);
        calls.inc({ ...labels, status: labelOf(outcome, call) });
        duration.observe(labels, (performance.now() - started) / 1000);
      });
    }),
  };
}

function watch(read: () => TransportCounts, registers: Registry[]): void {
  const known = read();
  for (const [which, help] of entriesOf(OPEN)) {
    if (known[which] === undefined) continue;
    new Gauge({
      name: `mcp_server_${which}`,
      help,
      registers,
      collect() {
        this.set(read()[which] ?? 0);
      },
    });
  }
  for (const [which, [name, help]] of entriesOf(CARRIED)) {
    if (known[which] === undefined) continue;
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read()[which] ?? 0);
      },
    });
  }
}

function entriesOf<T extends object>(record: T): [keyof T, T[keyof T]][] {
  return Object.entries(record) as [keyof T, T[keyof T]][];
}

function labelsOf(call: Call, names: KnownNames): { method: string; name: string } {
  const method = names.hasMethod(call.method) ? call.method : OTHER;
  const name = nameOf(call);
  if (name === undefined) return { method, name: "" };
  return { method, name: names.hasNameOf(call) ? name : OTHER };
}

function labelOf(outcome: Outcome, call: Call): string {
  const status = statusOf(outcome, call);
  if (status !== "error" || outcome.kind !== "error") return status;
  const { code } = outcome.error;
  return CODES.has(code) ? String(code) : OTHER;
}

function routeTo(registry: Registry): HttpRoute {
  return async ({ method, target }) => {
    if (target.split("?", 1)[0] !== "/metrics") return undefined;
    if (method !== "GET" && method !== "HEAD")
      return { status: 405, headers: { allow: "GET, HEAD" } };
    const headers = { "content-type": registry.contentType, "cache-control": "no-store" };
    return { status: 200, headers, body: method === "GET" ? await registry.metrics() : "" };
  };
}
