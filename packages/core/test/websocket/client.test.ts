import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocketServer } from "ws";
import { connect, defineServer, type RequestSigner, type Transport } from "../../src/index.ts";
import {
  type WebSocketClientOptions,
  webSocketClient,
  webSocketServer,
} from "../../src/websocket.ts";
import { httpForTest } from "./http-server.ts";

const clientInfo = { name: "test", version: "1.0.0" };
const small = defineServer({ name: "small", version: "1.0.0" });

/** Starts a transport and waits for its end. */
function endOf(transport: Transport): Promise<Error | undefined> {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  transport.start({ message() {}, damaged() {}, closed: resolve });
  return promise;
}

/** A server that lets in who shows `token`, and the tokens it was shown. */
async function guarded(token: string) {
  const http = await httpForTest();
  const shown: (string | undefined)[] = [];
  const serving = webSocketServer(small, http.server, {
    authenticator: {
      authenticate(head) {
        shown.push(head.header("authorization"));
        if (shown.at(-1) === token) return { principal: { id: "me" } };
        return { refusal: { status: 401, headers: { "WWW-Authenticate": "Bearer x" } } };
      },
      insufficientScope: () => ({ status: 403 }),
    },
  });
  onTestFinished(() => serving.close());
  return { url: http.url, shown };
}

describe("the signer of a WebSocket client", () => {
  test("signs the opening request, and once more after it could remedy a refusal", async () => {
    const { url, shown } = await guarded("new");
    const asked: unknown[] = [];
    let token = "old";
    const signer: RequestSigner = {
      async sign({ method, url }) {
        asked.push([method, url.protocol]);
        return { Authorization: token };
      },
      async refused({ status, headers, signed }) {
        asked.push([status, headers.get("www-authenticate"), signed]);
        token = "new";
        return true;
      },
    };
    await using client = await connect(webSocketClient(url, { signer }), { clientInfo });
    expect(client.server.info?.name).toBe("small");
    expect(shown).toEqual(["old", "new"]);
    const refusal = [401, "Bearer x", { Authorization: "old" }];
    expect(asked).toEqual([["GET", "http:"], refusal, ["GET", "http:"]]);
  });

  test("remedies one refusal after another: a token first, then the nonce it wants", async () => {
    const { url, shown } = await guarded("token and nonce");
    const remedies = ["token", "token and nonce"];
    let shows = "nothing";
    const signer: RequestSigner = {
      sign: async () => ({ Authorization: shows }),
      async refused() {
        shows = remedies.shift() ?? shows;
        return true;
      },
    };
    await using client = await connect(webSocketClient(url, { signer }), { clientInfo });
    expect(client.server.info?.name).toBe("small");
    expect(shown).toEqual(["nothing", "token", "token and nonce"]);
  });

  test("is asked no more than four times when nothing helps", async () => {
    const { url, shown } = await guarded("never");
    const signer: RequestSigner = {
      sign: async () => ({ Authorization: "wrong" }),
      refused: async () => true,
    };
    const end = await endOf(webSocketClient(url, { signer }));
    expect(end?.message).toMatch(
      /^ws:\/\/127\.0\.0\.1:\d+ refused the WebSocket with HTTP status 401\.$/,
    );
    expect(shown).toEqual(Array(5).fill("wrong"));
  });

  test("ends the connection with what it says when only the user can help", async () => {
    const { url } = await guarded("never");
    const signer: RequestSigner = {
      sign: async () => ({}),
      refused: () => Promise.reject(new Error("Sign in first.")),
    };
    expect((await endOf(webSocketClient(url, { signer })))?.message).toBe("Sign in first.");
  });
});

describe("a server that answers no ping", () => {
  /** A server of nothing but frames, and the pings it got. */
  async function pinged(autoPong: boolean) {
    const { url, server } = await httpForTest();
    const other = new WebSocketServer({ server, autoPong });
    onTestFinished(() => {
      for (const web of other.clients) web.terminate();
      other.close();
    });
    const third = Promise.withResolvers<void>();
    let pings = 0;
    other.on("connection", (web) => {
      web.on("ping", () => ++pings === 3 && third.resolve());
    });
    return { url, third: third.promise };
  }

  test("is noticed, though it closed nothing", async () => {
    const { url } = await pinged(false);
    const end = await endOf(webSocketClient(url, { pingMs: 20 }));
    expect(end?.message).toBe("The peer answered no ping; it was disconnected.");
  });

  test("is told from one that only has nothing to say", async () => {
    const { url, third } = await pinged(true);
    const transport = webSocketClient(url, { pingMs: 50 });
    const ended = endOf(transport);
    await third;
    await transport.close();
    expect(await ended).toBeUndefined();
  });
});

describe.each<[string, WebSocketClientOptions]>([
  ["the platform", {}],
  ["ws", { headers: { "X-Test": "1" } }],
])("a client of %s", (_, options) => {
  test("says where nobody listens", async () => {
    const { url, close } = await httpForTest();
    await close();
    const end = await endOf(webSocketClient(url, options));
    expect(end?.message).toContain(`No WebSocket could be opened at ${new URL(url).origin}`);
  });

  test("does not speak MCP to a server that does not", async () => {
    const { url, server } = await httpForTest();
    const other = new WebSocketServer({ server, handleProtocols: () => false });
    onTestFinished(() => other.close());
    expect(await endOf(webSocketClient(url, options))).toBeInstanceOf(Error);
  });

  test("says why the server hung up", async () => {
    const { url, server } = await httpForTest();
    const other = new WebSocketServer({ server });
    onTestFinished(() => other.close());
    other.on("connection", (web) => web.close(1008, "out of patience"));
    const end = await endOf(webSocketClient(url, options));
    expect(end?.message).toBe("The peer closed the WebSocket (code 1008: out of patience).");
  });

  test("can be closed before it is open", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void silent.close());
    await once(silent, "listening");
    const { port } = silent.address() as { port: number };
    const transport = webSocketClient(`ws://127.0.0.1:${port}/mcp`, options);
    const ended = endOf(transport);
    transport.send({ jsonrpc: "2.0", method: "note" });
    await transport.close();
    expect(await ended).toBeUndefined();
    await transport.drained();
  });
});

test.each(["http://127.0.0.1/mcp", "127.0.0.1:80", ""])(
  "an address that is no WebSocket's is refused: %s",
  (url) => {
    expect(() => webSocketClient(url)).toThrow("begins with ws:// or wss://");
  },
);
