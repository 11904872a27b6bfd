import { expect, test } from "vitest";
import { sendBy, signInByDevice } from "../../src/installed/index.ts";
import { type Answer, serve } from "../client/serve.ts";

/** A user who signs in while the service gives these answers, one each time it is asked. */
async function signIn(answers: readonly object[], code: object = {}) {
  const left = [...answers];
  const service = await serve(({ url }): Answer => {
    if (url.pathname !== "/device") return { json: left.shift() };
    return {
      json: {
        device_code: "device-secret",
        user_code: "WDJB-MJHT",
        verification_uri: "https://example.com/device",
        expires_in: 900,
        interval: 5,
        ...code,
      },
    };
  });
  const waits: number[] = [];
  const shown: object[] = [];
  const tokens = signInByDevice({
    server: {
      issuer: service.origin,
      tokenEndpoint: `${service.origin}/token`,
      authMethods: undefined,
    },
    deviceEndpoint: `${service.origin}/device`,
    client: { clientId: "desk", clientSecret: "not-for-this" },
    scopes: ["repo", "gist"],
    send: sendBy(fetch),
    show: (one) => shown.push(one),
    signal: AbortSignal.timeout(10_000),
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  tokens.catch(() => {});
  return { tokens, waits, shown, seen: service.seen };
}

const GRANTED = { access_token: "access-1", token_type: "bearer", scope: "repo,gist" };

test("the user sees a code, and who has typed it is signed in", async () => {
  const { tokens, waits, shown, seen } = await signIn([
    { error: "authorization_pending" },
    GRANTED,
  ]);
  expect(await tokens).toMatchObject({ accessToken: "access-1", scopes: ["repo", "gist"] });
  expect(waits).toEqual([5_000, 5_000]);
  expect(shown).toEqual([{ userCode: "WDJB-MJHT", page: new URL("https://example.com/device") }]);
  expect(seen.map(({ form }) => form)).toEqual([
    { client_id: "desk", scope: "repo gist" },
    ...Array(2).fill({
      client_id: "desk",
      device_code: "device-secret",
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    }),
  ]);
});

test("a service that asks to slow down is asked more seldom from then on", async () => {
  const { tokens, waits } = await signIn([
    { error: "slow_down" },
    { error: "authorization_pending" },
    { error: "slow_down" },
    GRANTED,
  ]);
  await tokens;
  expect(waits).toEqual([5_000, 10_000, 10_000, 15_000]);
});

test.each([
  ["access_denied", "refused a token with access_denied"],
  ["expired_token", "refused a token with expired_token"],
  ["device_flow_disabled", "refused a token with device_flow_disabled"],
])("a refusal (%s) ends it, without the device's secret", async (error, sentence) => {
  const { tokens } = await signIn([{ error, error_description: "No device-secret." }]);
  const message = await tokens.then(String, String);
  expect(message).toContain(sentence);
  expect(message).not.toContain("device-secret");
});

test("a code nobody types ends with its time", async () => {
  const pending = Array(100).fill({ error: "authorization_pending" });
  const { tokens, waits } = await signIn(pending, { expires_in: 60 });
  await expect(tokens).rejects.toThrow("The code was not typed in time; sign in again.");
  expect(waits).toHaveLength(12);
});

test.each([{ user_code: 3 }, { verification_uri: "javascript:alert(1)" }, { device_code: "" }])(
  "an answer with %j holds no code",
  async (code) => {
    const { tokens, shown } = await signIn([], code);
    await expect(tokens).rejects.toThrow("gave out no code to type");
    expect(shown).toEqual([]);
  },
);
