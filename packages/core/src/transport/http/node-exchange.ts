import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { ClientGone, type EventWriter, type Exchange, HttpRefusal } from "./exchange.ts";
import type { HttpAnswer } from "./head.ts";
import { sendNow, sendSoon } from "./node-outbox.ts";
import { receive } from "./node-request.ts";
import { bodyNotText, bodyTooLong, bodyUnwelcome } from "./refusals.ts";

const BYTE_ORDER_MARK = 0xfeff;

/** A request and a response of `node:http`. */
export type { IncomingMessage, ServerResponse };

/** What frameworks add to a request they hand on. */
type Mounted = IncomingMessage & { readonly originalUrl?: string; readonly body?: unknown };

/** An exchange on `node:http`, without a Request or Response between. */
export class NodeExchange implements Exchange {
  readonly #request: Mounted;
  readonly #response: ServerResponse;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
  }

  get method(): string {
    return this.#request.method ?? "";
  }

  get target(): string {
    return this.#request.originalUrl ?? this.#request.url ?? "";
  }

  get origin(): string {
    const { headers, socket } = this.#request;
    const scheme = (socket as TLSSocket).encrypted ? "https" : "http";
    return `${scheme}://${headers.host ?? ""}`;
  }

  get peer(): string | undefined {
    return this.#request.socket.remoteAddress;
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  text(maxBytes: number, take?: (bytes: number) => boolean): Promise<string> {
    const request = this.#request;
    // A framework may have read and parsed the body already.
    if (request.body !== undefined && request.readableEnded) {
      return Promise.resolve(JSON.stringify(request.body));
    }
    if (Number(request.headers["content-length"]) > maxBytes) {
      return Promise.reject(new HttpRefusal(bodyTooLong(maxBytes)));
    }
    return new Promise((resolve, reject) => {
      // Let go of at the end: the request and its listeners stay for as long as its answer streams.
      let parts: Buffer[] | undefined = [];
      let length = 0;
      const refuse = (answer: HttpAnswer) => {
        parts = undefined;
        reject(new HttpRefusal(answer));
      };
      const chunk = (part: Buffer) => {
        length += part.length;
        if (length > maxBytes) refuse(bodyTooLong(maxBytes));
        else if (take?.(part.length) === false) refuse(bodyUnwelcome());
        else parts?.push(part);
      };
      const end = () => {
        if (!parts) return;
        const [only] = parts;
        const bytes = parts.length === 1 && only ? only : Buffer.concat(parts);
        parts = undefined;
        if (isUtf8(bytes)) resolve(decoded(bytes));
        else reject(new HttpRefusal(bodyNotText()));
      };
      receive(request, { chunk, end });
      request.on("error", () => reject(new ClientGone()));
    });
  }

  answer({ status, headers, body = "" }: HttpAnswer): void {
    const response = this.#response;
    if (response.headersSent || response.destroyed) return;
    const bytes = Buffer.byteLength(body);
    const fields: string[] = ["Content-Length", String(bytes)];
    for (const name in headers) fields.push(name, headers[name] as string);
    response.writeHead(status, fields);
    sendSoon({ response, body, encoding: bytes === body.length ? "latin1" : "utf8" });
  }

  stream(headers: Readonly<Record<string, string>>): EventWriter {
    const response = this.#response;
    // A connection that breaks is told by `close`; unheard, an error would end the process.
    response.on("error", () => {});
    if (!response.headersSent && !response.destroyed) {
      response.writeHead(200, { ...headers });
      response.flushHeaders();
    }
    return {
      get waiting() {
        return response.writableLength;
      },
      write(text) {
        if (!response.destroyed && !response.writableEnded) response.write(text);
      },
      end: () => sendNow(response),
      cut: () => response.destroy(),
    };
  }

  onGone(listener: () => void): void {
    const response = this.#response;
    if (response.destroyed) return listener();
    response.on("close", () => {
      if (!response.writableFinished) listener();
    });
  }
}

function decoded(bytes: Buffer): string {
  const text = bytes.toString();
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}
