import type { MaskKind } from "./rules.ts";

const HIDDEN = "***";

/** Hides values the same way as long as it lives: a hash of another process says nothing about it. */
export type MaskValue = (kind: MaskKind, value: string) => string | null;

/** Makes what hides values. `key` decides the hashes; random when absent. */
export async function createMask(key?: Uint8Array): Promise<MaskValue> {
  const { createHmac, randomBytes } = await import("node:crypto");
  const secret = key ?? randomBytes(32);
  const hash = (value: string) => createHmac("sha256", secret).update(value).digest("hex");
  return (kind, value) => {
    switch (kind) {
      case "none":
        return value;
      case "null":
        return null;
      case "full":
        return HIDDEN;
      case "hash":
        return hash(value).slice(0, 16);
      case "last4":
        return lastFour(value);
      case "email":
        return email(value);
    }
  };
}

/** Four characters of a value that has at least twice as many; else none. */
function lastFour(value: string): string {
  const characters = [...value];
  return characters.length < 8 ? HIDDEN : `${HIDDEN}${characters.slice(-4).join("")}`;
}

function email(value: string): string {
  const at = value.lastIndexOf("@");
  const first = [...value][0];
  return at < 1 || first === undefined ? HIDDEN : `${first}${HIDDEN}${value.slice(at)}`;
}
