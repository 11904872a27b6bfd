import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Host, Meeting, Place } from "../pair.ts";

const withToken = (token: string): Host => ({ headers: { authorization: `Bearer ${token}` } });
const urisOf = async (client: Client) => (await client.listResources()).map(({ uri }) => uri);

/** Calls as Ada. */
export const host: Host = withToken("example-token-of-ada");

/** Callers are told apart by tokens, which only HTTP and WebSockets carry. */
export const unless = ({ transport }: Place): string | undefined =>
  transport === "memory" || transport === "stdio" ? "no header carries a token here" : undefined;

/** Reads as two people, each of whom finds the other's letter nowhere. */
export async function check(ada: Client, { connect }: Meeting): Promise<void> {
  const ben = await connect(withToken("example-token-of-ben"));
  for (const [client, own, foreign] of [
    [ada, "ada", "ben"],
    [ben, "ben", "ada"],
  ] as const) {
    const uri = `post://letters/${own}`;
    assert.deepEqual(await urisOf(client), ["post://notices/today", uri]);
    assert.match(JSON.stringify(await client.readResource(uri)), /Dear/);
    await assert.rejects(client.readResource(`post://letters/${foreign}`), /not found/);

    const ref = { type: "ref/resource", uri: "post://letters/{person}" } as const;
    const argument = { name: "person", value: "" };
    assert.deepEqual((await client.complete({ ref, argument })).completion.values, [own]);
  }
}
