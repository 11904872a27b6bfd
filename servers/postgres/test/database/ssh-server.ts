import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import ssh from "ssh2";
import { onTestFinished } from "vitest";

/** A machine that lets users in and forwards for them. */
export interface SshServer {
  readonly port: number;
  /** The one of its public keys that is not preferred, as `known_hosts` has it. */
  readonly publicKey: string;
  /** Ends every connection. */
  readonly drop: () => void;
}

/** Whom it lets in. */
export interface Access {
  readonly password?: string;
  /** A public key, as `authorized_keys` has it. */
  readonly publicKey?: string;
  readonly mayForward?: boolean;
}

/** An RSA key pair as OpenSSH knows them, protected where there is a password. */
export function makeKey(passphrase?: string): {
  readonly private: string;
  readonly public: string;
} {
  const pem = { type: "pkcs1", format: "pem" } as const;
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding:
      passphrase === undefined ? pem : { ...pem, cipher: "aes-256-cbc", passphrase },
    publicKeyEncoding: pem,
  });
  const parsed = ssh.utils.parseKey(privateKey, passphrase);
  if (parsed instanceof Error) throw parsed;
  return { private: privateKey, public: `ssh-rsa ${parsed.getPublicSSH().toString("base64")}` };
}

/** Starts one with ssh2's own server: the machines of this suite have no sshd. */
export async function startSsh({
  password,
  publicKey,
  mayForward = true,
}: Access): Promise<SshServer> {
  const preferred = generateKeyPairSync("ec", {
    namedCurve: "prime256v1",
    privateKeyEncoding: { type: "sec1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
  const host = makeKey();
  const clients = new Set<ssh.Connection>();
  const allowed = publicKey === undefined ? undefined : ssh.utils.parseKey(publicKey);
  const server = new ssh.Server({ hostKeys: [preferred, host.private] }, (client) => {
    clients.add(client);
    client.on("error", () => {});
    client.on("close", () => clients.delete(client));
    client.on("authentication", (attempt) => {
      if (attempt.method === "password" && attempt.password === password) return attempt.accept();
      if (attempt.method === "publickey" && allowed && !(allowed instanceof Error)) {
        const isKey = attempt.key.data.equals(allowed.getPublicSSH());
        const { blob, signature, hashAlgo } = attempt;
        if (isKey && (!signature || allowed.verify(blob!, signature, hashAlgo) === true)) {
          return attempt.accept();
        }
      }
      attempt.reject(["password", "publickey"]);
    });
    client.on("ready", () => {
      client.on("tcpip", (accept, reject, { destIP, destPort }) => {
        if (!mayForward) return reject();
        forward(accept, reject, connect(destPort, destIP));
      });
      client.on("openssh.streamlocal", (accept, reject, { socketPath }) => {
        forward(accept, reject, connect(socketPath));
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const drop = () => {
    for (const client of clients) client.end();
  };
  onTestFinished(() => {
    drop();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, publicKey: host.public, drop };
}

/** A `known_hosts` file with that machine's key. */
export function writeKnownHosts(path: string, { port, publicKey }: SshServer): string {
  writeFileSync(path, `[127.0.0.1]:${port} ${publicKey}\n`);
  return path;
}

function forward(
  accept: () => ssh.ServerChannel,
  reject: () => void,
  socket: ReturnType<typeof connect>,
): void {
  socket.on("error", () => reject());
  socket.on("connect", () => {
    const channel = accept();
    channel.on("error", () => {});
    channel.pipe(socket).pipe(channel);
    channel.on("close", () => socket.destroy());
    socket.on("close", () => channel.end());
  });
}
