import { basename, dirname } from "node:path";
import { OAuthError } from "../client/oauth-error.ts";
import { parseFields, text } from "../client/outbound/json-fields.ts";
import { lockedFile } from "../client/store/lock.ts";
import { replaceFile } from "../client/store/replace-file.ts";
import { type Sealer, sealer } from "../client/store/sealer.ts";
import { formatTokens, parseTokens, type SavedTokens } from "./saved-tokens.ts";

/** Where the tokens of one account lie. */
export interface TokenStore {
  /**
   * @throws {OAuthError} when there are some that cannot be read
   */
  read(): Promise<SavedTokens | undefined>;
  write(tokens: SavedTokens): Promise<void>;
  /** Does `work` while no other process renews the same tokens. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** Keeps tokens as long as the process lives. */
export function memoryTokens(first: SavedTokens): TokenStore {
  let kept = first;
  return {
    read: async () => kept,
    async write(tokens) {
      kept = tokens;
    },
    exclusively: (work) => work(),
  };
}

/** Says that a sealed file is one, and of what. */
const SEALED = "sealed";

/**
 * Keeps tokens in a file that only its owner can read. It is replaced whole or not at all; with a key of 32 bytes it is
 * encrypted, and a file that was not is from the next renewal on.
 */
export function tokenFile(path: string, key?: Uint8Array): TokenStore {
  let made: Promise<Sealer> | undefined;
  const seals = (bytes: Uint8Array) => {
    made ??= sealer(bytes);
    return made;
  };
  return {
    async read() {
      const { readFile } = await import("node:fs/promises");
      const content = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw new OAuthError(
          `The token file ${basename(path)} cannot be read (${error.code}); see to its rights.`,
        );
      });
      if (content === undefined) return undefined;
      const sealed = text(parseFields(content) ?? {}, SEALED);
      if (sealed === undefined) return readable(parseTokens(content), path);
      if (!key)
        throw new OAuthError(
          `The token file ${basename(path)} is encrypted; start with the key it was written with.`,
        );
      const opened = await (await seals(key)).unseal(SEALED, Buffer.from(sealed, "base64"));
      if (opened !== undefined) return readable(parseTokens(opened), path);
      throw new OAuthError(
        `The token file ${basename(path)} was encrypted with another key; start with that one.`,
      );
    },
    async write(tokens) {
      const { mkdir } = await import("node:fs/promises");
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await replaceFile(path, await content(tokens, key && (await seals(key))));
    },
    exclusively: (work) => lockedFile(path, work),
  };
}

async function content(tokens: SavedTokens, seals: Sealer | undefined): Promise<string> {
  const plain = formatTokens(tokens);
  if (!seals) return plain;
  const sealed = Buffer.from(await seals.seal(SEALED, plain)).toString("base64");
  return `${JSON.stringify({ [SEALED]: sealed })}\n`;
}

function readable(tokens: SavedTokens | undefined, path: string): SavedTokens {
  if (tokens) return tokens;
  throw new OAuthError(`The file ${basename(path)} holds no token; delete it and sign in again.`);
}
