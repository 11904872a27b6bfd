import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

interface Answer {
  readonly id: number;
  readonly result: {
    readonly content: readonly [{ readonly text: string }];
    readonly isError?: boolean;
  };
}

/** Starts the official filesystem server on a directory; it is stopped after the test. */
export async function officialServer(root: string) {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-filesystem/package.json",
  );
  const child = spawn(process.execPath, [join(dirname(manifest), "dist/index.js"), root], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill());
  const waiting = new Map<number, (answer: Answer) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const answer = JSON.parse(line) as Answer;
    waiting.get(answer.id)?.(answer);
  });
  const send = (message: object) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let id = 0;
  const request = (method: string, params: object) =>
    new Promise<Answer>((resolve) => {
      waiting.set(++id, resolve);
      send({ id, method, params });
    });
  await request("initialize", {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "differential-test", version: "1" },
  });
  send({ method: "notifications/initialized" });
  return {
    /** Calls a tool and returns its text; throws what it says when it fails. */
    async call(name: string, args: object): Promise<string> {
      const { result } = await request("tools/call", { name, arguments: args });
      const [{ text }] = result.content;
      if (result.isError) throw new Error(text);
      return text;
    },
  };
}
