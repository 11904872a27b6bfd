import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileStore, memoryStore, oauth } from "../../src/client/index.ts";
import { type AuthorityOptions, authority } from "./authority.ts";
import { person } from "./person.ts";
import { call, refusal, resourceServer } from "./resource-server.ts";
import type { Seen } from "./serve.ts";

/** A server that takes only the token granted last. */
async function scene(options: AuthorityOptions = {}) {
  const granter = await authority(options);
  let wanted: string | undefined;
  const server = await resourceServer({
    issuers: () => [granter.issuer],
    judge: (authorization) =>
      wanted !== undefined && authorization !== `Bearer ${wanted}` ? refusal("Bearer") : undefined,
  });
  const store = memoryStore();
  const signer = () => oauth({ server: server.url, grant: person(), store });
  return {
    granter,
    server,
    store,
    signer,
    /** From now on only this access token is taken. */
    want: (token: string) => {
      wanted = token;
    },
  };
}

const grantsOf = (seen: readonly Seen[]) => seen.map(({ form }) => form.grant_type);
const tokens = (count: number, expires_in: number) => ({
  json: {
    access_token: `access-${count}`,
    refresh_token: `refresh-${count}`,
    token_type: "Bearer",
    expires_in,
  },
});

describe("tokens", () => {
  test("that are about to expire are renewed before they are used", async () => {
    const lifetimes = [0, 3600];
    const { granter, server, signer } = await scene({
      token: (_, count) => tokens(count, lifetimes[count - 1] ?? 0),
    });
    const client = signer();
    expect(await call(client, server.url)).toBe(200);
    expect(await call(client, server.url)).toBe(200);
    expect(granter.tokenRequests()[1]?.form).toMatchObject({
      grant_type: "refresh_token",
      refresh_token: "refresh-1",
      resource: server.url,
      client_id: "client-1",
    });
    expect(server.seen.at(-1)?.headers.authorization).toBe("Bearer access-2");
    expect(granter.authorizations()).toHaveLength(1);
  });

  test("that are refused are renewed, and the rotated refresh token is used next", async () => {
    const { granter, server, signer, want } = await scene();
    const client = signer();
    await call(client, server.url);
    for (const token of ["access-2", "access-3"]) {
      want(token);
      expect(await call(client, server.url)).toBe(200);
    }
    const refreshes = granter.tokenRequests().slice(1);
    expect(refreshes.map(({ form }) => form.refresh_token)).toEqual(["refresh-1", "refresh-2"]);
  });

  test("keep their refresh token where the server sends no new one", async () => {
    const { granter, server, signer, want } = await scene({
      token: ({ form }, count) =>
        form.grant_type === "refresh_token"
          ? { json: { access_token: `access-${count}`, token_type: "Bearer" } }
          : undefined,
    });
    const client = signer();
    await call(client, server.url);
    for (const token of ["access-2", "access-3"]) {
      want(token);
      expect(await call(client, server.url)).toBe(200);
    }
    expect(granter.tokenRequests().at(-1)?.form.refresh_token).toBe("refresh-1");
  });

  test("are asked of the user again when the refresh token will not do any more", async () => {
    const { granter, server, signer, want } = await scene({
      token: ({ form }) =>
        form.grant_type === "refresh_token"
          ? { status: 400, json: { error: "invalid_grant" } }
          : undefined,
    });
    const client = signer();
    await call(client, server.url);
    want("access-3");
    expect(await call(client, server.url)).toBe(200);
    expect(grantsOf(granter.tokenRequests())).toEqual([
      "authorization_code",
      "refresh_token",
      "authorization_code",
    ]);
  });

  test("are asked of the user again when what they were renewed to is refused", async () => {
    const { granter, server, signer, want } = await scene();
    const client = signer();
    await call(client, server.url);
    want("access-3");
    expect(await call(client, server.url)).toBe(200);
    expect(grantsOf(granter.tokenRequests())).toEqual([
      "authorization_code",
      "refresh_token",
      "authorization_code",
    ]);
  });

  test("are asked for as a new client when the server forgot the client", async () => {
    const { granter, server, signer, want } = await scene({
      token: ({ form }) =>
        form.client_id === "client-1" && form.grant_type === "refresh_token"
          ? { status: 401, json: { error: "invalid_client" } }
          : undefined,
    });
    const client = signer();
    await call(client, server.url);
    want("access-3");
    expect(await call(client, server.url)).toBe(200);
    expect(granter.authorizations().map(({ client_id }) => client_id)).toEqual([
      "client-1",
      "client-2",
    ]);
  });

  test("that expire while the authorization server is away are used until they are refused", async () => {
    const { server, signer } = await scene({
      token: (_, count) => (count === 1 ? tokens(1, 0) : { status: 503 }),
    });
    const client = signer();
    expect(await call(client, server.url)).toBe(200);
    expect(await call(client, server.url)).toBe(200);
    expect(server.seen.at(-1)?.headers.authorization).toBe("Bearer access-1");
  });

  test("that cannot be renewed are asked for with the scopes they had", async () => {
    const granter = await authority({
      token: ({ form }, count) =>
        form.grant_type === "refresh_token"
          ? { status: 400, json: { error: "invalid_grant" } }
          : tokens(count, count === 1 ? 0 : 3600),
    });
    let expired = "";
    const server = await resourceServer({
      issuers: () => [granter.issuer],
      challenge: 'Bearer scope="read write"',
      judge: (token) => (token === expired ? refusal('Bearer error="invalid_token"') : undefined),
    });
    const client = oauth({ server: server.url, grant: person() });
    await call(client, server.url);
    expired = "Bearer access-1";
    expect(await call(client, server.url)).toBe(200);
    expect(granter.authorizations().map(({ scope }) => scope)).toEqual([
      "read write",
      "read write",
    ]);
    expect(grantsOf(granter.tokenRequests())).toEqual([
      "authorization_code",
      "refresh_token",
      "authorization_code",
    ]);
  });

  test("that another process renewed at the same moment are taken up", async () => {
    const both = Promise.withResolvers<void>();
    const firstDone = Promise.withResolvers<void>();
    const { granter, server, store, want } = await scene({
      async token({ form }, count) {
        if (form.grant_type !== "refresh_token") return undefined;
        if (count === 3) both.resolve();
        await (count === 2 ? both : firstDone).promise;
        if (count === 2) return tokens(count, 3600);
        return { status: 400, json: { error: "invalid_grant" } };
      },
    });
    // Two views of one store, as two processes have it.
    const clients = [1, 2].map(() =>
      oauth({ server: server.url, grant: person(), store: { ...store } }),
    );
    for (const client of clients) await call(client, server.url);
    want("access-2");
    const calls = clients.map((client) => call(client, server.url).finally(firstDone.resolve));
    expect(await Promise.all(calls)).toEqual([200, 200]);
    expect(granter.authorizations()).toHaveLength(1);
  });

  test("are renewed once by processes that share a folder: a second use of a refresh token revokes all", async () => {
    const folder = await mkdtemp(join(tmpdir(), "portico-renewal-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { granter, server, want } = await scene({ token: (_, count) => tokens(count, 3600) });
    const clients = [1, 2, 3].map(() =>
      oauth({ server: server.url, grant: person(), store: fileStore({ folder }) }),
    );
    for (const client of clients) await call(client, server.url);
    want("access-2");
    const calls = clients.map((client) => call(client, server.url));
    expect(await Promise.all(calls)).toEqual([200, 200, 200]);
    expect(grantsOf(granter.tokenRequests())).toEqual(["authorization_code", "refresh_token"]);
  });

  test("that were damaged where they are kept are asked for anew, and shown to nobody", async () => {
    const { granter, server, store, signer } = await scene();
    await call(signer(), server.url);
    const damaged = {
      ...store,
      get: async (key: string) => {
        const kept = await store.get(key);
        return key.includes("tokens") ? kept?.slice(1) : kept;
      },
    };
    const client = oauth({ server: server.url, grant: person(), store: damaged });
    await client.sign({ method: "POST", url: new URL(server.url) });
    expect(await client.sign({ method: "POST", url: new URL(server.url) })).toEqual({});
    expect(granter.authorizations()).toHaveLength(1);
  });

  test("are taken up by the next run without asking anyone", async () => {
    const { granter, server, signer } = await scene();
    await call(signer(), server.url);
    const before = granter.seen.length;
    expect(await call(signer(), server.url)).toBe(200);
    expect(granter.seen).toHaveLength(before);
  });

  test("that another process renewed are taken up instead of renewing twice", async () => {
    const { granter, server, signer, want } = await scene();
    const [one, other] = [signer(), signer()];
    await call(one, server.url);
    await call(other, server.url);
    want("access-2");
    expect(await call(one, server.url)).toBe(200);
    expect(await call(other, server.url)).toBe(200);
    expect(grantsOf(granter.tokenRequests())).toEqual(["authorization_code", "refresh_token"]);
  });
});

describe("many calls at once", () => {
  test("authorize once", async () => {
    const { granter, server, signer } = await scene();
    const client = signer();
    const calls = Array.from({ length: 20 }, () => call(client, server.url));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    expect(granter.authorizations()).toHaveLength(1);
    expect(granter.registrations()).toHaveLength(1);
    expect(server.seen.filter(({ url }) => url.pathname.includes("well-known"))).toHaveLength(1);
  });

  test("renew once when their tokens are refused", async () => {
    const { granter, server, signer, want } = await scene();
    const client = signer();
    await call(client, server.url);
    want("access-2");
    const calls = Array.from({ length: 20 }, () => call(client, server.url));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    expect(granter.tokenRequests()).toHaveLength(2);
  });

  test("renew once when their tokens are about to expire", async () => {
    const { granter, server, signer } = await scene({
      token: (_, count) => tokens(count, count === 1 ? 0 : 3600),
    });
    const client = signer();
    await call(client, server.url);
    const calls = Array.from({ length: 20 }, () => call(client, server.url));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    expect(granter.tokenRequests()).toHaveLength(2);
  });

  test("go on when the one that asks is given up", async () => {
    const { server, signer } = await scene();
    const client = signer();
    const giveUp = new AbortController();
    const first = call(client, server.url, giveUp.signal);
    const others = [call(client, server.url), call(client, server.url)];
    giveUp.abort(new Error("not needed any more"));
    await expect(first).rejects.toThrow("not needed any more");
    expect(await Promise.all(others)).toEqual([200, 200]);
  });
});

describe("a server that is never content", () => {
  async function insatiable(challenge: () => string) {
    const granter = await authority();
    const server = await resourceServer({
      issuers: () => [granter.issuer],
      judge: () => refusal(challenge()),
    });
    const client = oauth({ server: server.url, grant: person() });
    return { granter, run: () => call(client, server.url) };
  }

  test("does not make a user authorize again when it refuses a new token", async () => {
    const { granter, run } = await insatiable(() => 'Bearer error="invalid_token"');
    await expect(run()).rejects.toThrow("refuses the token it was just given");
    expect(granter.authorizations()).toHaveLength(1);
  });

  test("does not make a user authorize for ever when it wants something else each time", async () => {
    let wishes = 0;
    const { granter, run } = await insatiable(() => `Bearer scope="wish-${wishes++}"`);
    await expect(run()).rejects.toThrow("keeps asking for authorization");
    expect(granter.authorizations()).toHaveLength(3);
  });
});

test("a 403 that says nothing of scopes is left to the caller", async () => {
  const granter = await authority();
  const server = await resourceServer({
    issuers: () => [granter.issuer],
    judge: () => ({ status: 403 }),
  });
  expect(await call(oauth({ server: server.url, grant: person() }), server.url)).toBe(403);
  expect(granter.authorizations()).toHaveLength(1);
});
