import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Sandbox, SandboxError } from "../../src/sandbox/index.ts";
import { contents, memoryDirectory, scratch, secret } from "./scratch.ts";

const iterations = 10_000;

/** Lets another process swap `swapped` (or `swapped/file`) for a link to the outside from now on. */
async function startAttack(inside: string, outside: string, what: string): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, "attacker.ts");
  const attacker = fork(script, [inside, outside, what], { stdio: "inherit" });
  onTestFinished(() => void attacker.kill("SIGKILL"));
  await once(attacker, "message");
  return attacker;
}

async function stopAttack(attacker: ChildProcess): Promise<number> {
  attacker.send("stop");
  const [swaps] = await once(attacker, "message");
  await once(attacker, "exit");
  return swaps as number;
}

/** What a check before opening does; the attack must beat it, or it would prove nothing. */
async function readAfterChecking(inside: string): Promise<string> {
  const file = path.join(inside, "swapped/file");
  const real = await fs.promises.realpath(file);
  return real.startsWith(`${inside}/`) ? fs.promises.readFile(file, "utf8") : "";
}

/** One thing done again and again under attack; gives what was seen of the content or names inside. */
type Deed = (sandbox: Sandbox, round: number) => Promise<unknown>;

const bytes = Buffer.from("written");
const at = (sandbox: Sandbox, name: string) => sandbox.resolve(name);

const deeds: Record<string, Deed> = {
  async reading(sandbox) {
    return (await sandbox.readBytes(await at(sandbox, "swapped/file"))).bytes.toString();
  },
  async "reading lines"(sandbox) {
    const place = await at(sandbox, "swapped/file");
    return (await sandbox.readLines(place, { tail: 1 })).bytes.toString();
  },
  async listing(sandbox) {
    const { entries } = await sandbox.listSized(await at(sandbox, "swapped"));
    return entries.map((entry) => entry.name).join();
  },
  writing: async (sandbox) => sandbox.write(await at(sandbox, "swapped/file"), bytes),
  "creating files": async (sandbox, round) =>
    sandbox.write(await at(sandbox, `swapped/new-${round % 10}`), bytes),
  async editing(sandbox) {
    let seen = "";
    await sandbox.update(await at(sandbox, "swapped/file"), (old) => {
      seen = old.toString();
      return bytes;
    });
    return seen;
  },
  appending: async (sandbox) => sandbox.append(await at(sandbox, "swapped/log"), Buffer.from("+")),
  async moving(sandbox, round) {
    const [from, to] = round % 2 ? ["swapped/a", "b"] : ["b", "swapped/a"];
    await sandbox.move(await at(sandbox, from), await at(sandbox, to));
  },
  async copying(sandbox, round) {
    const [from, to] =
      round % 2 ? ["swapped/file", `copy-${round}`] : ["b", `swapped/copy-${round}`];
    await sandbox.copy(await at(sandbox, from), await at(sandbox, to));
    await sandbox.remove(await at(sandbox, to));
  },
  async "making directories"(sandbox, round) {
    const name = `swapped/made-${round % 10}`;
    await sandbox.makeDirectory(await at(sandbox, `${name}/deep`));
    await sandbox.remove(await at(sandbox, name), { contents: "remove" });
  },
  removing: async (sandbox, round) =>
    round % 2
      ? sandbox.remove(await at(sandbox, "swapped/gone"))
      : sandbox.write(await at(sandbox, "swapped/gone"), bytes),
  undoing: async (sandbox, round) =>
    round % 2 ? sandbox.undo() : sandbox.write(await at(sandbox, "swapped/file"), bytes),
};

describe.runIf(process.platform === "linux")("against a process that swaps links in (FS5)", () => {
  const cases = Object.keys(deeds).flatMap((deed) => [
    [deed, "directory"],
    ...(["reading", "writing", "editing"].includes(deed) ? [[deed, "file"]] : []),
  ]);

  it.each(cases)(
    "%s stays inside while the %s is swapped",
    async (deed, what) => {
      const { sandbox, inside, outside, put } = await scratch(
        { journal: { changes: 2 } },
        memoryDirectory,
      );
      for (const name of ["swapped/file", "swapped/log", "b"]) put(name, "inside");
      for (const name of ["file", "log", "gone", "outside-only"])
        fs.writeFileSync(path.join(outside, name), secret);
      const before = contents(outside);
      const attacker = await startAttack(inside, outside, what!);
      const seen = new Set<unknown>();
      const outcomes = { done: 0, outside: 0 };
      for (let round = 0; round < iterations; round += 1) {
        try {
          seen.add(await deeds[deed]!(sandbox, round));
          outcomes.done += 1;
        } catch (error) {
          if (!(error instanceof SandboxError)) throw error;
          seen.add(error.message);
          if (error.code === "outside") outcomes.outside += 1;
        }
      }
      const swaps = await stopAttack(attacker);
      expect(contents(outside)).toEqual(before);
      const told = JSON.stringify([...seen].filter((value) => typeof value === "string"));
      for (const leak of [secret, "outside-only", outside]) expect(told).not.toContain(leak);
      expect(swaps).toBeGreaterThan(100);
      expect(outcomes.done).toBeGreaterThan(0);
      expect(outcomes.outside).toBeGreaterThan(0);
      const left = Object.keys(contents(inside)).filter((name) => name.includes(".portico-"));
      expect(left).toEqual([]);
    },
    60_000,
  );

  it("is an attack that a check before opening does not withstand", async () => {
    const { inside, outside, put } = await scratch({}, memoryDirectory);
    put("swapped/file", "inside");
    fs.writeFileSync(path.join(outside, "file"), secret);
    const attacker = await startAttack(inside, outside, "directory");
    let leaks = 0;
    for (let round = 0; round < 100 * iterations && leaks === 0; round += 1)
      leaks += (await readAfterChecking(inside).catch(() => "")) === secret ? 1 : 0;
    await stopAttack(attacker);
    expect(leaks).toBe(1);
  }, 60_000);
});
