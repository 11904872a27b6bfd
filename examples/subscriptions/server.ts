// Tells clients when something they read has changed, so that nobody has to ask again and again.
// The server only announces; who has subscribed, and how each revision wants to be told, is not its business.
import { Changes, defineServer, resource, s, tool } from "@portico/core";

/** Makes a thermostat that is set to 20 degrees. */
export function server() {
  const changes = new Changes();
  let degrees = 20;

  const setting = resource({
    uri: "home://thermostat",
    name: "thermostat",
    mimeType: "text/plain",
    read: () => String(degrees),
  });

  const set = tool({
    name: "set_thermostat",
    description: "Set the temperature of the room, in degrees Celsius.",
    input: s.object({ degrees: s.integer({ minimum: 5, maximum: 30 }) }),
    annotations: { idempotentHint: true },
    run(wanted) {
      degrees = wanted.degrees;
      // Last, because a client may read at once.
      changes.resourceUpdated("home://thermostat");
      return `Set to ${degrees}.`;
    },
  });

  return defineServer({
    name: "home",
    version: "1.0.0",
    resources: [setting],
    tools: [set],
    changes,
  });
}
