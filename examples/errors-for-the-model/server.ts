// Says what went wrong to whom it may concern: to the model, so that it can do better, or to the program that calls.
// A model that reads "not found" guesses again; one that reads what there is gets it right the second time.
import { defineServer, RpcError, s, ToolError, tool } from "@portico/core";

const rooms = new Map([
  ["blue", 4],
  ["green", 12],
]);

const book = tool({
  name: "book_room",
  description: "Book a meeting room for some people.",
  input: s.object({ room: s.string(), people: s.integer({ minimum: 1 }) }),
  run({ room, people }) {
    const seats = rooms.get(room);
    if (seats === undefined) {
      throw new ToolError(
        `There is no room ${room}. Choose one of: ${[...rooms.keys()].join(", ")}.`,
      );
    }
    if (people > seats) {
      const [larger] = [...rooms].find(([, places]) => places >= people) ?? [];
      const hint = larger ? `Book ${larger} instead` : "Ask the user to split the group";
      throw new ToolError(`The room ${room} has only ${seats} seats. ${hint}.`);
    }
    return `Booked ${room} for ${people}.`;
  },
});

const CLOSED = -32001;

const bookAll = tool({
  name: "book_all_rooms",
  description: "Book every room for a day.",
  run() {
    // Nothing the model could do about it, and the host may want to act: an error with a code.
    throw new RpcError(CLOSED, "The calendar is closed for maintenance.", {
      retryAfterSeconds: 60,
    });
  },
});

/** Meeting rooms. */
export const server = defineServer({ name: "rooms", version: "1.0.0", tools: [book, bookAll] });
