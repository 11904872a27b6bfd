// Takes a secret from the environment, where hosts put it, and never from an argument, where a model would see it.
// It is read once, at the start: without it the server ends with a sentence that says what to do.
import { defineServer, s, tool } from "@portico/core";

interface Deps {
  readonly sign: (text: string) => Promise<string>;
}

/** Signs with a key that nobody can read back. */
function signer(secret: string): Deps["sign"] {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = crypto.subtle.importKey("raw", bytes(secret), hmac, false, ["sign"]);
  return async (text) => {
    const signature = await crypto.subtle.sign(hmac, await key, bytes(text));
    return Buffer.from(signature).toString("hex");
  };
}

const sign = tool({
  name: "sign_order",
  description: "Sign an order, so that the warehouse takes it.",
  input: s.object({ order: s.string() }),
  run: async ({ order }, { deps }: { deps: Deps }) => `${order} ${await deps.sign(order)}`,
});

/**
 * Makes a server that signs.
 * @throws {Error} when there is no key
 */
export function server(env: Readonly<Record<string, string | undefined>>) {
  const { ORDERS_SIGNING_KEY: secret } = env;
  if (!secret) {
    throw new Error("Set ORDERS_SIGNING_KEY to the key the warehouse gave you.");
  }
  const deps: Deps = { sign: signer(secret) };
  return defineServer({ name: "orders", version: "1.0.0", deps, tools: [sign] });
}
