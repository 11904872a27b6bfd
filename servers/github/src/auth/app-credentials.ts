import { readFile } from "node:fs/promises";
import { unlessAborted } from "@portico/auth/installed";
import { RemoteError } from "@portico/remote-api";
import { type AppClient, openAppClient } from "./app-client.ts";
import type { Credential, Credentials } from "./credential.ts";
import type { Surroundings } from "./open-credentials.ts";
import type { AppSettings } from "./settings.ts";

/** Tokens of an installation live for an hour; a new one is asked for this early, in milliseconds. */
const EARLY_MS = 5 * 60_000;

/** Who has not installed the App is asked again after this many milliseconds. */
const FORGET_MS = 5 * 60_000;

/**
 * A GitHub App, acting in the name of its installation at the owner a call is about, or of the one installation the
 * operator names.
 */
export function appCredentials(app: AppSettings, surroundings: Surroundings): Credentials {
  let opened: Promise<AppClient> | undefined;
  const client = () => {
    opened ??= readKey(app).then((pem) => openAppClient(app.id, pem, surroundings));
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  const installations = remembered(async (owner: string) => (await client()).installationOf(owner));
  const onlyOne = remembered(async (_: "") =>
    onlyInstallation(await (await client()).installations()),
  );
  const made = new Map<number, Credential>();
  const credentialOf = (id: number) => {
    const credential = made.get(id) ?? installationCredential(app, id, client);
    made.set(id, credential);
    return credential;
  };
  const installationFor = async (owner: string | undefined) => {
    const ofOwner = owner === undefined ? undefined : await installations(owner.toLowerCase());
    // What is public can be read in the name of any installation.
    return ofOwner ?? onlyOne("");
  };
  return {
    async for(owner, signal) {
      if (app.installationId !== undefined) return credentialOf(app.installationId);
      const id = await unlessAborted(installationFor(owner), signal);
      if (id !== undefined) return credentialOf(id);
      throw notInstalled(owner);
    },
  };
}

/** A token of one installation, renewed in good time, by one caller for all. */
function installationCredential(
  app: AppSettings,
  id: number,
  client: () => Promise<AppClient>,
): Credential {
  let current: Promise<{ readonly token: string; readonly endsAt: number }> | undefined;
  let endsAt = 0;
  return {
    identity: `app ${app.id} installation ${id}`,
    async authorization(signal) {
      if (!current || Date.now() > endsAt - EARLY_MS) {
        endsAt = Number.POSITIVE_INFINITY;
        current = client().then((opened) => opened.tokenOf(id));
        current.then(
          (made) => {
            endsAt = made.endsAt;
          },
          () => {
            current = undefined;
          },
        );
      }
      const { token } = await unlessAborted(current, signal);
      return `Bearer ${token}`;
    },
  };
}

function onlyInstallation(ids: readonly number[]): number | undefined {
  return ids.length === 1 ? ids[0] : undefined;
}

/** Remembers what was found; what was not is looked for again after a while. */
function remembered<K extends string>(find: (key: K) => Promise<number | undefined>) {
  const known = new Map<
    K,
    { readonly found: Promise<number | undefined>; readonly until: number }
  >();
  return async (key: K) => {
    const entry = known.get(key);
    if (entry && Date.now() < entry.until) return entry.found;
    const found = find(key);
    known.set(key, { found, until: Date.now() + FORGET_MS });
    found.catch(() => known.delete(key));
    return found;
  };
}

async function readKey({ key }: AppSettings): Promise<string> {
  // A variable cannot hold line ends everywhere.
  if ("pem" in key) return key.pem.replaceAll("\\n", "\n");
  return readFile(key.path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new RemoteError(
      "no-credentials",
      `The private key of the GitHub App cannot be read (${error.code}); check GITHUB_APP_PRIVATE_KEY_PATH.`,
    );
  });
}

function notInstalled(owner: string | undefined): RemoteError {
  return new RemoteError(
    "no-credentials",
    owner === undefined
      ? "The GitHub App has no installation or several, and this call is about none of their owners; name an owner, or set GITHUB_APP_INSTALLATION_ID."
      : `The GitHub App is not installed for "${owner}"; install it there, or set GITHUB_APP_INSTALLATION_ID.`,
  );
}
