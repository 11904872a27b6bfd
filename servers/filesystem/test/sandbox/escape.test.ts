import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SandboxError } from "../../src/sandbox/index.ts";
import { contents, memoryDirectory, scratch, secret } from "./scratch.ts";

const part = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("out", "in", "loop", "dir", "file", "up", "secret.txt") },
  fc.constantFrom("..", ".", "", "~", "allowed", "allowed_not", "new", "%2e%2e", "\0", "C:"),
  fc.string({ maxLength: 4, unit: "grapheme" }),
);
const separator = fc.constantFrom("/", "/", "/", "//", "\\", "/./");
const prefix = fc.constantFrom(
  "",
  "",
  "/",
  "~/",
  "../",
  "INSIDE/",
  "INSIDE",
  "OUTSIDE/",
  "INSIDE/../",
);

const requested = fc
  .tuple(prefix, fc.array(fc.tuple(part, separator), { maxLength: 8 }))
  .map(([start, parts]) => start + parts.flat().join(""));

describe("any path at all", () => {
  it("reads nothing outside, changes nothing outside and tells nothing of the outside", async () => {
    const { sandbox, inside, outside, put } = await scratch(
      { journal: { changes: 1 } },
      memoryDirectory,
    );
    const reset = () => {
      fs.rmSync(inside, { recursive: true, force: true });
      put("dir/file", "inside");
      put("file", "inside");
      fs.symlinkSync(outside, path.join(inside, "out"));
      fs.symlinkSync("dir", path.join(inside, "in"));
      fs.symlinkSync("loop", path.join(inside, "loop"));
      fs.symlinkSync("..", path.join(inside, "up"));
      fs.symlinkSync("../../allowed_not", path.join(inside, "dir/out"));
    };
    const before = contents(outside);
    const outcomes = { done: 0, refused: 0 };
    const attempt = async (work: () => Promise<unknown>) => {
      try {
        const answer = await work();
        outcomes.done += 1;
        expect(JSON.stringify(answer)).not.toContain(Buffer.from(secret).toString("base64"));
        expect(String(answer)).not.toContain(secret);
      } catch (error) {
        if (!(error instanceof SandboxError)) throw error;
        outcomes.refused += 1;
        expect(error.message).not.toContain(outside);
      }
    };
    await fc.assert(
      fc.asyncProperty(requested, async (spelled) => {
        reset();
        const spelling = spelled.replaceAll("INSIDE", inside).replaceAll("OUTSIDE", outside);
        const place = () => sandbox.resolve(spelling);
        await attempt(async () => (await sandbox.readBytes(await place())).bytes.toString());
        await attempt(async () => sandbox.list(await place()));
        await attempt(async () => sandbox.info(await place()));
        await attempt(async () => sandbox.write(await place(), Buffer.from("x")));
        await attempt(async () => sandbox.makeDirectory(await place()));
        await attempt(async () => sandbox.move(await sandbox.resolve("file"), await place()));
        await attempt(async () => sandbox.copy(await place(), await sandbox.resolve("copied")));
        await attempt(async () => sandbox.remove(await place(), { contents: "remove" }));
        expect(contents(outside)).toEqual(before);
        expect(fs.readdirSync(path.dirname(inside)).sort()).toEqual(["allowed", "allowed_not"]);
      }),
      { numRuns: 500, seed: 5 },
    );
    expect(outcomes.done).toBeGreaterThan(200);
    expect(outcomes.refused).toBeGreaterThan(200);
  });
});
