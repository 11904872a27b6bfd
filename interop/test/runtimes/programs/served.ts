import { defineServer, type HttpRoute, httpHandler, tool } from "@portico/core";
import { everything } from "../../../fixtures/everything/server.ts";
import { trusting } from "./trusting.ts";

const flood = tool({
  name: "flood",
  description:
    "Say far more than fits into the buffers of a connection, until the call is cut off.",
  async run(_, ctx) {
    for (let line = 0; line < 100 && cuts.length === 0; line++) {
      ctx.log("info", "x".repeat(1_000_000));
      await new Promise((resolve) => setTimeout(resolve));
    }
    return "said";
  },
});

/** Why clients were cut off. */
const cuts: string[] = [];
const tellCuts: HttpRoute = ({ target }) =>
  target === "/flood/cuts" ? { status: 200, body: JSON.stringify(cuts) } : undefined;

// A runtime may notice that a client is gone only when it writes to it: at the latest with the next sign of life.
const every = httpHandler(everything(), { limits: { keepAliveMs: 500 } });
const flooding = httpHandler(
  defineServer({ name: "flooding", version: "1.0.0", logging: true, tools: [flood] }),
  { path: "/flood", routes: [tellCuts], onCut: (reason) => void cuts.push(reason) },
);

/** Every feature, at `/flood` more than anybody reads, and at `/trusting/<issuer>` what needs a token. */
export function fetch(request: Request): Promise<Response> {
  const [, first, issuer = ""] = new URL(request.url).pathname.split("/");
  if (first === "flood") return flooding.fetch(request);
  if (first === "trusting") return trusting(decodeURIComponent(issuer)).fetch(request);
  return every.fetch(request);
}
