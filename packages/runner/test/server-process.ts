import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const FIXTURE = fileURLToPath(new URL("./fixtures/notes.ts", import.meta.url));

/** How a process ended, with everything it printed. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Response {
  readonly id: number;
  readonly result?: Record<string, never>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** How a server program is run. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The program. Default: the fixture. */
  readonly main?: string;
}

/** A server program, running as a process of its own. */
export class ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  readonly #responses = new Map<number, (response: Response) => void>();
  #stdout = "";
  #stderr = "";
  #lastId = 0;

  constructor(args: readonly string[], { env = {}, main = FIXTURE }: RunOptions = {}) {
    const node = ["--conditions=portico-source", main, ...args];
    // Starting from source compiles every file; the cache makes that a third.
    const base = { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(tmpdir(), "portico-compiled") };
    this.child = spawn(process.execPath, node, { env: { ...base, ...env } });
    this.child.stdout.on("data", (chunk) => {
      this.#stdout += chunk;
    });
    this.child.stderr.on("data", (chunk) => {
      this.#stderr += chunk;
    });
    createInterface(this.child.stdout).on("line", this.#receive);
    // Writing to a server that is gone must not end the test run.
    this.child.stdin.on("error", () => {});
    this.ended = once(this.child, "close").then(([code, signal]) => ({
      code,
      signal,
      stdout: this.#stdout,
      stderr: this.#stderr,
    }));
  }

  /** Sends a request without waiting for its answer. */
  send(method: string, params: object = {}): number {
    const id = ++this.#lastId;
    this.child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return id;
  }

  /** Sends a request and waits for the answer. */
  request(method: string, params: object = {}): Promise<Response> {
    const id = this.send(method, params);
    return new Promise((resolve) => this.#responses.set(id, resolve));
  }

  /** Opens a session, so that the server is known to be up. */
  async initialize(): Promise<void> {
    const clientInfo = { name: "test", version: "1" };
    await this.request("initialize", {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo,
    });
    const initialized = { jsonrpc: "2.0", method: "notifications/initialized" };
    this.child.stdin.write(`${JSON.stringify(initialized)}\n`);
  }

  /** The text a tool answers with. */
  async callTool(name: string, args: object = {}): Promise<string> {
    const { result, error } = await this.request("tools/call", { name, arguments: args });
    const content = (result as { content?: { text: string }[] } | undefined)?.content;
    return content?.[0]?.text ?? `error ${error?.code}: ${error?.message}`;
  }

  /** The address a server of HTTP says it listens at. */
  listening(): Promise<string> {
    return this.addressAfter("Listening on");
  }

  /** The address it tells after these words, at the end of a sentence. */
  async addressAfter(words: string): Promise<string> {
    await this.logged(words);
    const [, url] = new RegExp(`${words} (\\S+)\\.\\s`).exec(this.#stderr) ?? [];
    if (url === undefined) throw new Error(`The server named no address after "${words}".`);
    return url;
  }

  /** Resolves once the server wrote `text` to standard error. */
  async logged(text: string): Promise<void> {
    while (!this.#stderr.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`It ended and said:\n${this.#stderr}`);
      await Promise.race([once(this.child.stderr, "data"), this.ended]);
    }
  }

  readonly #receive = (line: string): void => {
    // --help and --version are no messages.
    if (!line.startsWith('{"jsonrpc"')) return;
    const response = JSON.parse(line) as Response;
    this.#responses.get(response.id)?.(response);
  };
}

/** Starts a server, ends its input at once, and waits for its exit. */
export function runToEnd(args: readonly string[], options?: RunOptions): Promise<Ended> {
  const server = new ServerProcess(args, options);
  server.child.stdin.end();
  return server.ended;
}
