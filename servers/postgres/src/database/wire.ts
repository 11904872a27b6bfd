import type { Duplex } from "node:stream";
import type { Client } from "pg";

/** The part of `pg`'s connection that speaks the protocol; `pg` types only some of it. */
export interface Wire {
  readonly stream: Duplex;
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
  sync(): void;
  sendCopyFail(message: string): void;
  on(event: string, heard: (message: never) => void): void;
  prependListener(event: string, heard: (message: never) => void): void;
}

/** A client of `pg` with the members it has and does not type. */
export interface WireClient extends Omit<Client, "connection"> {
  readonly connection: Wire;
  readonly processID: number;
  readonly secretKey: number;
}

/** What the server says when it refuses. */
export interface ServerError {
  readonly message: string;
  readonly severity: string;
  readonly code: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: string;
}

/** Whether the server itself said so, rather than the network. */
export function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && "severity" in error && typeof error.severity === "string";
}
