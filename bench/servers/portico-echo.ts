import { defineServer, s, serve, tool } from "@portico/core";
import { stdio } from "@portico/core/node";

const echo = tool({
  name: "echo",
  description: "Returns the text it is given.",
  input: s.object({ text: s.string() }),
  run: ({ text }) => text,
});

serve(defineServer({ name: "echo", version: "1.0.0", tools: [echo] }), stdio());
