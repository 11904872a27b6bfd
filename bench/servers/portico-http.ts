import { Changes, defineServer, s, tool } from "@portico/core";
import { serveHttp } from "@portico/core/node";

const changes = new Changes();

const echo = tool({
  name: "echo",
  description: "Returns the text it is given.",
  input: s.object({ text: s.string() }),
  run: ({ text }) => text,
});

const change = tool({
  name: "change",
  description: "Announces that the list of tools has changed.",
  run() {
    changes.listChanged("tools");
    return "Announced.";
  },
});

const server = defineServer({ name: "echo", version: "1.0.0", tools: [echo, change], changes });
serveHttp(server, { limits: { sessions: 50_000 } }).then(({ url }) => {
  console.log(new URL(url).port);
});
