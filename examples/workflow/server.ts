// Makes one tool of several steps in a fixed order that asks the user in the middle.
// What is done is kept, so a trip that was broken off is taken up where it stopped: nothing is booked twice.
import { confirm, defineServer, elicit, s, ToolError, tool } from "@portico/core";

const checkRoute = tool({
  name: "check_route",
  description: "Says how far it is to a town.",
  input: s.object({ town: s.string() }),
  annotations: { readOnlyHint: true },
  run({ town }) {
    if (town === "Atlantis")
      throw new ToolError("No way leads to Atlantis; ask for a town on land.");
    return `${town.length * 100} kilometres`;
  },
});

const dayForm = s.object({ day: s.enum(["Saturday", "Sunday"]) });

/** Books trips. Those under way would be in a database, each with whose it is. */
export function server() {
  const underWay = new Map<string, { day?: string; room?: number }>();
  let rooms = 0;

  const bookTrip = tool({
    name: "book_trip",
    description:
      "Checks the way, reserves a room and pays, asking the user in between. Call again to go on.",
    input: s.object({ town: s.string({ description: "Where to go" }) }),
    async run({ town }, ctx) {
      const way = await ctx.call("check_route", { town });
      if (way.isError) return way.content;
      const trip = underWay.get(town) ?? {};
      underWay.set(town, trip);
      // After each answer the handler is entered again from its beginning, and finds what it has done.
      if (trip.day === undefined) {
        const { action, content } = await ctx.ask("day", elicit(`Which day to ${town}?`, dayForm));
        if (action !== "accept") return "Nothing is booked yet.";
        trip.day = content.day;
      }
      trip.room ??= ++rooms;
      const { action } = await ctx.ask("pay", confirm(`Pay for ${town} on ${trip.day}?`));
      if (action === "cancel") return `Room ${trip.room} stays reserved; call again to pay.`;
      underWay.delete(town);
      if (action === "decline") return `Room ${trip.room} was given back.`;
      return `Room ${trip.room} in ${town} on ${trip.day} is paid.`;
    },
  });

  return defineServer({ name: "trips", version: "1.0.0", tools: [checkRoute, bookTrip] });
}
