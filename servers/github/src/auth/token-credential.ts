import { readFile } from "node:fs/promises";
import { isToken } from "@portico/auth/installed";
import { RemoteError } from "@portico/remote-api";
import type { Credential } from "./credential.ts";

/** A token in a file of the operator's; who changes the file changes the token. */
export function fileCredential(owner: string, path: string): Credential {
  return {
    identity: `token of ${owner}`,
    async authorization() {
      const content = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
        throw missing(owner, `its file cannot be read (${error.code})`);
      });
      const token = content.trim();
      if (isToken(token)) return `Bearer ${token}`;
      throw missing(owner, "its file does not hold one token and nothing else");
    },
  };
}

/** A token in an environment variable. */
export function variableCredential(owner: string, name: string): Credential {
  return {
    identity: `token of ${owner}`,
    async authorization() {
      const token = process.env[name]?.trim();
      if (!token) throw missing(owner, `the variable ${name} is not set`);
      if (isToken(token)) return `Bearer ${token}`;
      throw missing(owner, `the variable ${name} does not hold one token and nothing else`);
    },
  };
}

function missing(owner: string, why: string): RemoteError {
  return new RemoteError("no-credentials", `There is no token for the owner "${owner}": ${why}.`);
}
