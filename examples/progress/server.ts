// Tells how far a long call has got, and stops when nobody wants its result any more.
// A host that sees progress shows it, and waits longer than it would for a silent server.
import { defineServer, s, tool } from "@portico/core";

/** Stands for work that takes a while. */
const develop = (photo: string) => new Promise((done) => setImmediate(done, photo));

const print = tool({
  name: "print_photos",
  description: "Print photos, one after the other.",
  input: s.object({ photos: s.array(s.string(), { maxItems: 100 }) }),
  async run({ photos }, ctx) {
    for (const [done, photo] of photos.entries()) {
      ctx.signal.throwIfAborted();
      ctx.progress(done, photos.length, `Printing ${photo}.`);
      await develop(photo);
    }
    ctx.progress(photos.length, photos.length, "Done.");
    return `Printed ${photos.length}.`;
  },
});

/** A printer. */
export const server = defineServer({ name: "printer", version: "1.0.0", tools: [print] });
