// Says how it fares: a line for each call, counts for Prometheus at /metrics, a health check at /healthz.
// All of it stands around the handlers, which know nothing of it.
import {
  defineServer,
  type HttpOptions,
  type HttpRoute,
  resource,
  s,
  ToolError,
  tool,
} from "@portico/core";
import { log } from "@portico/core/middleware/log";
import { metrics } from "@portico/core/middleware/metrics";

const divide = tool({
  name: "divide",
  description: "Divides one number by another.",
  input: s.object({ a: s.number(), b: s.number() }),
  run({ a, b }) {
    if (b === 0) throw new ToolError("Nothing can be divided by 0; choose another b.");
    return String(a / b);
  },
});

// Anything with these three methods is a logger; pino is one. This one keeps the last lines.
const lines: string[] = [];
const write = (_fields: object, message: string) => {
  lines.push(message);
  if (lines.length > 100) lines.shift();
};
const logger = { info: write, warn: write, error: write };

const lastLines = resource({
  uri: "log://last",
  name: "The last lines",
  description: "What this server did last, a line for each call.",
  read: () => lines.join("\n"),
});

/** Divides, and can be asked what it did: by everybody, where no access rule is about `log://`. */
export const server = defineServer({
  name: "divider",
  version: "1.0.0",
  tools: [divide],
  resources: [lastLines],
});

/** For a load balancer: the process lives and answers. */
const health: HttpRoute = ({ method, target }) =>
  method === "GET" && target === "/healthz" ? { status: 200, body: "ok\n" } : undefined;

const measured = metrics();

/** Logged and counted wherever it is served; asked for health and metrics over HTTP only. */
export const options: HttpOptions = {
  middleware: [log({ logger }), measured.middleware],
  routes: [health, measured.route],
};
