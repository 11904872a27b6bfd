import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "portico-stdio-server-"));
afterAll(() => rmSync(folder, { recursive: true }));

const source = JSON.stringify(new URL("../../src/transport/stdio-server.ts", import.meta.url).href);
const echo = `
  import { stdio } from ${source};
  const transport = stdio();
  const start = (closed, message = (value) => transport.send(value)) =>
    transport.start({ message, damaged(error) { console.log("damaged", error.code); }, closed });
`;

/** Runs a program around the server transport. */
function run(program: string, stdin: "pipe" | number = "pipe"): ChildProcess {
  const args = ["--input-type=module", "-e", `${echo}${program}`];
  return spawn(process.execPath, args, { stdio: [stdin, "pipe", "pipe"] });
}

/** Resolves with all a program wrote and its exit code. */
async function outcome(child: ChildProcess) {
  const [out, err] = await Promise.all([child.stdout, child.stderr].map(textOf));
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return { out, err, code: child.exitCode };
}

async function textOf(stream: AsyncIterable<Buffer> | null): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const message = '{"jsonrpc":"2.0","method":"note"}\n';

describe("the end of standard input", () => {
  test("is reported at once, with timers and sockets alive", async () => {
    const child = run(`
      import { createServer } from "node:net";
      createServer().listen(0, "127.0.0.1");
      setInterval(() => {}, 1000);
      start(() => process.exit(5));`);
    child.stdin?.end(message);
    expect(await outcome(child)).toEqual({ out: message, err: "", code: 5 });
  });

  test("lets the process end by itself after close", async () => {
    const child = run("start(() => transport.close());");
    child.stdin?.end(message);
    expect(await outcome(child)).toEqual({ out: message, err: "", code: 0 });
  });

  test("leaves time for answers until close", async () => {
    const child = run(`
      const held = [];
      start(() => { held.forEach((value) => transport.send(value)); transport.close(); }, (value) => held.push(value));`);
    child.stdin?.end(message);
    expect((await outcome(child)).out).toBe(message);
  });

  test("is found in a file and in an empty device, too", async () => {
    const path = join(folder, "messages.jsonl");
    writeFileSync(path, message + message.trim());
    for (const [from, out] of [
      [path, message + message],
      ["/dev/null", ""],
    ] as const) {
      const descriptor = openSync(from, "r");
      const child = run("start(() => transport.close());", descriptor);
      closeSync(descriptor);
      expect(await outcome(child)).toEqual({ out, err: "", code: 0 });
    }
  });
});

test("closing lets the process end although standard input stays open", async () => {
  const child = run("start(() => {}, () => transport.close());");
  child.stdin?.write(message);
  expect((await outcome(child)).code).toBe(0);
});

test("a client that stopped reading is the end, not a crash", async () => {
  const child = run(`
    setInterval(() => {}, 1000);
    let reason;
    start((why) => { console.log(why.message); transport.send({}); transport.close().then(() => process.exit(4)); });`);
  child.stdout?.destroy();
  const errors = textOf(child.stderr);
  const pump = setInterval(() => child.stdin?.write(message), 5);
  child.stdin?.on("error", () => {});
  await once(child, "exit");
  clearInterval(pump);
  expect(child.exitCode).toBe(4);
  expect(await errors).toBe("The connection to the peer broke (EPIPE).\n");
});

describe("whatever else prints", () => {
  test("goes to standard error while the transport is open", async () => {
    const child = run(`
      console.log("log"); console.info("info %d", 1); console.table([1]);
      process.stdout.write("raw"); process.stdout.write(Buffer.from("bytes\\n"), "utf8", () => console.error("done"));
      start(() => transport.close());`);
    child.stdin?.end(message);
    const { out, err } = await outcome(child);
    expect(out).toBe(message);
    for (const part of ["log\n", "info 1\n", "index", "rawbytes\n", "done\n"]) {
      expect(err).toContain(part);
    }
  });

  test("goes to standard output again after close", async () => {
    const child = run(`
      start(() => {});
      await transport.close();
      console.log("free");`);
    child.stdin?.end();
    expect(await outcome(child)).toEqual({ out: "free\n", err: "", code: 0 });
  });

  test("does not end the process when nobody reads standard error", async () => {
    const child = run(`
      start(() => transport.close(), (value) => { console.log("x".repeat(100)); transport.send(value); });`);
    child.stderr?.destroy();
    for (let count = 0; count < 20; count++) child.stdin?.write(message);
    child.stdin?.end();
    expect(await textOf(child.stdout)).toBe(message.repeat(20));
    expect(child.exitCode ?? (await once(child, "exit"))[0]).toBe(0);
  });
});

test("a second connection on the same streams is refused until the first is closed", async () => {
  const child = run(`
    try { stdio(); } catch (error) { console.error(error.message); }
    start(() => {});
    await transport.close();
    await stdio().close();`);
  child.stdin?.end();
  expect(await outcome(child)).toEqual({
    out: "",
    err: "Standard input and output already carry a connection; close it first.\n",
    code: 0,
  });
});

test("answers ready in one turn leave in one write", async () => {
  const child = run(`
    import { Writable } from "node:stream";
    const write = Writable.prototype.write;
    let writes = 0;
    Writable.prototype.write = function (...args) {
      if (this === process.stdout) writes++;
      return write.apply(this, args);
    };
    start(() => { console.error(writes); transport.close(); },
      async (value) => { for (let hop = 0; hop < value.hops; hop++) await null; transport.send(value); });`);
  const lines = Array.from({ length: 64 }, (_, hops) => `{"hops":${hops}}\n`).join("");
  child.stdin?.end(lines);
  const { out, err } = await outcome(child);
  expect(out).toBe(lines);
  expect(Number(err)).toBeLessThanOrEqual(2);
});

test("loading the transports loads none of what only some need", async () => {
  const nodeEntry = JSON.stringify(new URL("../../src/node.ts", import.meta.url).href);
  const child = run(`
    const loaded = () => process.moduleLoadList.filter((name) => /(child_process|crypto|worker_threads|readline|http)$/.test(name));
    const before = loaded().length;
    await import(${nodeEntry});
    console.error(JSON.stringify(loaded().slice(before)));
    start(() => transport.close());`);
  child.stdin?.end();
  expect((await outcome(child)).err).toBe("[]\n");
});
