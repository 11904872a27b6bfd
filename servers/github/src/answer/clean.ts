import { type JsonObject, type JsonValue, withoutInvisible } from "@portico/remote-api";
import { asRendered } from "./markdown.ts";

/**
 * What GitHub answered, as a person would see it (GH2): every text without what only a model reads, and in JSON.
 * @param code names of members whose text is code: there hidden HTML is seen by whoever reads the code
 */
export async function clean(data: object, code: ReadonlySet<string>): Promise<JsonObject> {
  return (await cleaned(data, false, code)) as JsonObject;
}

async function cleaned(
  value: unknown,
  isCode: boolean,
  code: ReadonlySet<string>,
): Promise<JsonValue> {
  if (typeof value === "string") return isCode ? withoutInvisible(value) : asRendered(value);
  // Octokit reads numbers that are too large for one as bigint, which JSON has no way to say.
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) {
    return Promise.all(value.map((one) => cleaned(one ?? null, isCode, code)));
  }
  if (typeof value !== "object" || value === null) return value as JsonValue;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(async ([name, member]) => [
      withoutInvisible(name),
      await cleaned(member, isCode || code.has(name), code),
    ]);
  return Object.fromEntries(await Promise.all(members));
}
