import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A stdio client that shares no code with the package under test. */
export interface RawClient {
  /** Opens the session on revision 2025-11-25 and returns the server's answer. */
  initialize(): Promise<InitializeAnswer>;
  /** Sends a request; throws with the server's message when it answers with an error. */
  request<Answer>(method: string, params?: object): Promise<Answer>;
  /** Closes stdin and waits for the process to end. */
  close(): Promise<void>;
}

/** What `initialize` must answer. */
export interface InitializeAnswer {
  readonly protocolVersion: string;
  readonly serverInfo: { readonly name: string; readonly version: string };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts `command` and speaks newline-delimited JSON-RPC with it; its stderr is passed through. */
export function rawClient(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): RawClient {
  const child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "close");
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let ended: Error | undefined;

  const send = (message: object) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const fail = (reason: string) => {
    ended ??= new Error(reason);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  child.on("error", (error) => fail(error.message));
  child.on("close", (code) => fail(`the server ended with exit code ${code}`));
  child.stdin.on("error", () => {});
  createInterface(child.stdout).on("line", (line) => {
    const message = parse(line);
    if (!message) return fail(`the server wrote a line that is not JSON: ${line}`);
    const call = waiting.get(message.id);
    if (!call) return;
    waiting.delete(message.id);
    if (message.error) call.reject(new Error(message.error.message));
    else call.resolve(message.result);
  });

  const request = <Answer>(method: string, params: object = {}) =>
    new Promise<Answer>((resolve, reject) => {
      if (ended) return reject(ended);
      const id = nextId++;
      waiting.set(id, { resolve: (result) => resolve(result as Answer), reject });
      send({ id, method, params });
    });

  return {
    request,
    async initialize() {
      const clientInfo = { name: "portico-raw-client", version: "1.0.0" };
      const result = await request<InitializeAnswer>("initialize", {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo,
      });
      send({ method: "notifications/initialized" });
      return result;
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

interface Message {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

function parse(line: string): Message | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
