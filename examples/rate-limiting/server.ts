// Lets each caller make so many calls a minute, and fewer of what is dear.
// A model in a loop calls as fast as it is answered; the limit says no, and when to come back.
import { defineServer, type HttpOptions, tool } from "@portico/core";
import { rateLimit } from "@portico/core/middleware/rate-limit";

const look = tool({
  name: "look",
  description: "Looks out of the window. Costs nothing.",
  annotations: { readOnlyHint: true },
  run: () => "It rains.",
});

const forecast = tool({
  name: "forecast",
  description: "Buys a forecast. Costs money each time.",
  annotations: { readOnlyHint: true },
  run: () => "It will rain.",
});

/** One free tool, one that costs. */
export const server = defineServer({ name: "weather", version: "1.0.0", tools: [look, forecast] });

/** Everybody who did not sign in is one caller. Where several processes share the limits, add `redis`. */
const limits = rateLimit({
  calls: { calls: 1_000, seconds: 60 },
  tools: { forecast: { calls: 2, seconds: 60 } },
});

/** Limits stand around every call, whatever it comes by. */
export const options: HttpOptions = { middleware: [limits] };
