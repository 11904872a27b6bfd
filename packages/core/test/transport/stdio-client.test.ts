import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ServerExitError } from "../../src/transport/last-words.ts";
import { connect, ready, start } from "./processes.ts";

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "portico-stdio-")));
});
afterAll(() => rm(folder, { recursive: true }));

const say = (expression: string) => `process.stdout.write(JSON.stringify(${expression}) + "\\n");`;

describe("a server that cannot be started is one clear error", () => {
  test("when there is no such program", async () => {
    const { client, closed, closures } = connect({ command: "portico-no-such-program" });
    client.send({ jsonrpc: "2.0", method: "unheard" });
    expect((await closed)?.message).toBe(
      'Could not start "portico-no-such-program": there is no such program; install it or give its full path.',
    );
    await client.close();
    expect(closures()).toBe(1);
  });

  test("when the working directory does not exist", async () => {
    const { closed } = connect({ command: process.execPath, cwd: join(folder, "missing") });
    expect((await closed)?.message).toContain("its working directory does not exist");
  });

  test("when the file may not be executed", async () => {
    const command = join(folder, "plain.txt");
    await writeFile(command, "text", { mode: 0o644 });
    const { closed } = connect({ command });
    expect((await closed)?.message).toContain("may not be executed");
  });

  test("when the working directory is a file", async () => {
    const cwd = join(folder, "file.txt");
    await writeFile(cwd, "text");
    const { closed } = connect({ command: process.execPath, cwd });
    expect((await closed)?.message).toContain("its working directory is no folder");
  });

  test.each([{ env: { TOKEN: "hush\0hush" } }, { args: ["--token=hush\0hush"] }])(
    "which does not repeat the secret that Node refuses: %j",
    async (options) => {
      const { closed } = connect({ command: process.execPath, ...options });
      const error = await closed;
      expect(error?.message).toContain("there is a NUL in it");
      expect(inspect(error)).not.toContain("hush");
    },
  );

  test("when the platform refuses at once", async () => {
    const { client, closed, closures } = connect({ command: "nul\0byte" });
    expect((await closed)?.message).toContain("Could not start");
    client.send({ jsonrpc: "2.0", method: "unheard" });
    await client.drained();
    await client.close();
    expect(closures()).toBe(1);
  });
});

describe("the reason for an end", () => {
  test("quotes the last words of a server that failed before answering", async () => {
    const { closed } = start('console.error("no such database"); process.exit(1);');
    const reason = await closed;
    expect(reason).toBeInstanceOf(ServerExitError);
    expect(reason).toMatchObject({ exitCode: 1, signal: null, stderr: "no such database\n" });
    expect(reason?.message).toBe(
      "The server exited with code 1 before answering; its last words: no such database",
    );
  });

  test("names an end without words, too", async () => {
    const { closed } = start("");
    expect((await closed)?.message).toBe(
      "The server exited with code 0 before answering and wrote nothing to standard error.",
    );
  });

  test("names the signal", async () => {
    const { next, closed } = start(`${ready()} setInterval(() => {}, 1000);`);
    process.kill((await next()).pid, "SIGKILL");
    expect(await closed).toMatchObject({ exitCode: null, signal: "SIGKILL" });
  });

  test("is none when a server that answered ends well", async () => {
    const { closed } = start(ready());
    expect(await closed).toBeUndefined();
  });

  test("keeps only the end of what was written to standard error", async () => {
    const { closed } = start(
      'process.stderr.write("a".repeat(5 << 20) + "the end", () => process.exit(1));',
    );
    const { stderr, message } = (await closed) as ServerExitError;
    expect(stderr.length).toBe(64 * 1024);
    expect(stderr.endsWith("the end")).toBe(true);
    expect(message.length).toBeLessThan(2200);
  });
});

test("everything a server wrote before it ended is delivered before the end", async () => {
  const { client, received, closed } = start(
    `process.stdin.once("data", () => {
       process.stdout.write('{"text":"' + "x".repeat(5 << 20) + '"}\\n[1]\\n', () => process.exit());
     });`,
  );
  client.send({ jsonrpc: "2.0", id: 1, method: "go" });
  expect(await closed).toBeUndefined();
  expect(received.length).toBe(2);
  expect(received[1]).toEqual([1]);
});

test("answers written after the server stopped reading are delivered although sending failed", async () => {
  const { client, next, received, closed } = start(
    `require("node:fs").closeSync(0);
     process.once("SIGUSR2", () => { ${say('"late"')} process.exit(); });
     ${ready()} setInterval(() => {}, 1000);`,
  );
  const { pid } = await next();
  client.send({ jsonrpc: "2.0", method: "unheard" });
  setImmediate(() => process.kill(pid, "SIGUSR2"));
  await closed;
  expect(received[1]).toBe("late");
});

test("a server gets the allow-listed environment and what was given, nothing else", async () => {
  process.env.PORTICO_TEST_SECRET = "secret";
  const { client, next } = start(say("process.env"), { env: { GIVEN: "yes", TERM: undefined } });
  delete process.env.PORTICO_TEST_SECRET;
  const env = (await next()) as unknown as Record<string, string>;
  await client.close();
  expect(env.GIVEN).toBe("yes");
  expect(env.PATH).toBe(process.env.PATH);
  expect(env.PORTICO_TEST_SECRET).toBeUndefined();
});

test("no shell sees the arguments", async () => {
  const args = ["$(id)", "`id`", "; exit 1", '"', "'", "*", "a b", "%PATH%", ""];
  const { client, next } = connect({
    command: process.execPath,
    args: ["-e", say("process.argv.slice(1)"), "--", ...args],
  });
  expect(await next()).toEqual(args);
  await client.close();
});

test("a server runs in the folder it is given", async () => {
  const { client, next } = start(say("process.cwd()"), { cwd: folder });
  expect(await next()).toBe(folder);
  await client.close();
});

test("standard error reaches a callback whole, characters unbroken across chunks", async () => {
  let heard = "";
  const { closed } = start(
    `const bytes = Buffer.from("漢🦊\\n"); let index = 0;
     const one = () => index < bytes.length ? process.stderr.write(bytes.subarray(index, ++index), one) : process.exit(1);
     one();`,
    {
      stderr(text) {
        heard += text;
      },
    },
  );
  await closed;
  expect(heard).toBe("漢🦊\n");
});
