import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Subject } from "../subjects.ts";

const NEWLINE = 0x0a;

/** A running server and the least a client can do with it: whatever it costs is charged to every server alike. */
export interface Running {
  readonly pid: number;
  /** Sends one request and returns its result, as parsed JSON. */
  request<Result>(method: string, params?: object): Promise<Result>;
  /** Opens a session on 2025-11-25. */
  initialize(): Promise<void>;
  /** Sends the lines of `requests` over and over, `inFlight` unanswered at a time, until `enough` says so. */
  flood(requests: readonly Buffer[], inFlight: number, enough: Enough): Promise<Flooded>;
  /** Closes stdin and waits for the server to end, as a host does; kills it after two seconds. */
  stop(): Promise<void>;
}

/** Asked after each chunk of answers with the number of calls answered so far. */
export type Enough = (answered: number) => boolean;

/** What a flood came to. */
export interface Flooded {
  readonly calls: number;
  readonly milliseconds: number;
}

/** Starts a server with this process's Node. */
export function launch({ args, env }: Subject, nodeOptions: readonly string[] = []): Running {
  const child = spawn(process.execPath, [...nodeOptions, ...args], {
    stdio: ["pipe", "pipe", "ignore"],
    ...(env && { env: { ...process.env, ...env } }),
  });
  const exited = once(child, "exit");
  let nextId = 1;

  const send = (message: object) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const request = async <Result>(method: string, params: object = {}) => {
    const id = nextId++;
    const answer = lineOf(child, id);
    send({ id, method, params });
    return (await answer) as Result;
  };
  return {
    pid: child.pid as number,
    request,
    async initialize() {
      const clientInfo = { name: "bench", version: "1.0.0" };
      await request("initialize", { protocolVersion: "2025-11-25", capabilities: {}, clientInfo });
      send({ method: "notifications/initialized" });
    },
    flood: (requests, inFlight, enough) => flood(child, requests, inFlight, enough),
    async stop() {
      const patience = setTimeout(() => child.kill("SIGKILL"), 2_000);
      child.stdin.end();
      await exited;
      clearTimeout(patience);
    },
  };
}

/** The lines of `count` calls of a tool, with ids of their own. */
export function toolCalls(count: number, name: string, args: object): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const params = { name, arguments: args };
    const message = { jsonrpc: "2.0", id: 1_000_000 + index, method: "tools/call", params };
    return Buffer.from(`${JSON.stringify(message)}\n`);
  });
}

/** Resolves with the result of the answer to `id`. */
function lineOf(child: ChildProcess, id: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    const done = (error?: Error, result?: unknown) => {
      child.stdout?.off("data", read);
      child.off("exit", ended);
      error ? reject(error) : resolve(result);
    };
    const ended = () => done(new Error("the server ended before it answered"));
    const read = (chunk: Buffer) => {
      chunks.push(chunk);
      if (!chunk.includes(NEWLINE)) return;
      const lines = Buffer.concat(chunks).toString().split("\n");
      chunks = [Buffer.from(lines.pop() as string)];
      const answer = lines.map((line) => JSON.parse(line)).find((message) => message.id === id);
      if (answer?.error) done(new Error(answer.error.message));
      else if (answer) done(undefined, answer.result);
    };
    child.stdout?.on("data", read);
    child.on("exit", ended);
  });
}

/** What tells a notification from an answer, within the first characters of its line. */
const METHOD = '"method"';
const BEGINNING = 26;

function beginning(chunk: Buffer, from: number): string {
  return chunk.toString("latin1", from, Math.min(from + BEGINNING, chunk.length));
}

/** Counts answers by their newlines and how lines begin; parsing them would make the client the bottleneck. */
function flood(
  child: ChildProcess,
  requests: readonly Buffer[],
  inFlight: number,
  enough: Enough,
): Promise<Flooded> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let sent = 0;
    let answered = 0;
    let stopping = false;
    let begun = "";

    const ended = () => reject(new Error("the server ended under load"));
    const next = () => requests[sent++ % requests.length] as Buffer;
    const send = (count: number) => {
      child.stdin?.write(count === 1 ? next() : Buffer.concat(Array.from({ length: count }, next)));
    };
    const read = (chunk: Buffer) => {
      let arrived = 0;
      let from = 0;
      const mayNotify = begun !== "" || chunk.includes(METHOD);
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        if (!mayNotify || !(begun + beginning(chunk, from)).includes(METHOD)) arrived++;
        begun = "";
        from = at + 1;
      }
      if (from < chunk.length && begun.length < BEGINNING) begun += beginning(chunk, from);
      if (arrived === 0) return;
      answered += arrived;
      stopping ||= enough(answered);
      if (!stopping) return send(arrived);
      if (answered < sent) return;
      child.stdout?.off("data", read);
      child.off("exit", ended);
      resolve({ calls: answered, milliseconds: performance.now() - started });
    };
    child.stdout?.on("data", read);
    child.on("exit", ended);
    send(inFlight);
  });
}
