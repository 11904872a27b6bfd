// Runs as a process of its own: swaps a directory, or a file in it, for a link to the outside and
// back, as fast as it can, until it is told to stop; then it reports how often it did.
import fs from "node:fs";
import path from "node:path";

const [inside = "", outside = "", what = ""] = process.argv.slice(2);
const dir = path.join(inside, "swapped");
const file = path.join(dir, "file");
let swaps = 0;

/** Each step is one rename, so the name is missing only for the moment between two of them. */
function swapDirectory(): void {
  fs.renameSync(dir, path.join(inside, "real"));
  take("link");
  fs.renameSync(dir, path.join(inside, "link"));
  take("real");
}

/** Gives `name` the contested name, even when the other side has just made a directory of that name. */
function take(name: string): void {
  for (;;) {
    try {
      return fs.renameSync(path.join(inside, name), dir);
    } catch {
      fs.rmSync(dir, { recursive: true, force: true, maxRetries: 1000, retryDelay: 0 });
    }
  }
}

/** A rename replaces the file by the link in a single step, and back. */
function swapFile(): void {
  fs.symlinkSync(path.join(outside, "file"), path.join(inside, "link"));
  fs.renameSync(path.join(inside, "link"), file);
  fs.writeFileSync(path.join(inside, "real"), "inside");
  fs.renameSync(path.join(inside, "real"), file);
}

function attack(): void {
  for (let round = 0; round < 200; round += 1) {
    if (what === "directory") swapDirectory();
    else swapFile();
    swaps += 1;
  }
  next = setImmediate(attack);
}

let next: NodeJS.Immediate;

process.once("message", () => {
  clearImmediate(next);
  process.send?.(swaps, () => process.exit(0));
});
if (what === "directory") fs.symlinkSync(outside, path.join(inside, "link"));
attack();
process.send?.("attacking");
