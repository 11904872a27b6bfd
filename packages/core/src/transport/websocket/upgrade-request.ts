import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { HttpAnswer, HttpHead } from "../http/head.ts";

/** What a request for an upgrade says, as every authenticator reads it. */
export function headOf(request: IncomingMessage): HttpHead {
  const scheme = (request.socket as TLSSocket).encrypted ? "https" : "http";
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    origin: `${scheme}://${request.headers.host ?? ""}`,
    peer: request.socket.remoteAddress,
    header(name) {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

/** Answers a request for an upgrade without one, and ends the connection. */
export function answerUpgrade(socket: Duplex, answer: HttpAnswer): void {
  const { status, headers = {}, body = "" } = answer;
  // Not imported: a browser loads this file too, for the client beside it.
  const { STATUS_CODES } = process.getBuiltinModule("node:http");
  const fields = { ...headers, "Content-Length": Buffer.byteLength(body), Connection: "close" };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`;
  socket.end(head + body, () => socket.destroy());
}
