/** Stands where a secret was. */
const MASK = "***";

// Each of these takes time in proportion to the text: who writes to a log may wish otherwise.

/** Shapes of credentials that issuers give them so that they can be found. */
const TOKENS = [
  /\bgh[pousr]_[A-Za-z0-9_]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bpypi-[A-Za-z0-9_-]{40,}/g,
  /\bdckr_pat_[A-Za-z0-9_-]{20,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bsk-[A-Za-z0-9_-]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{8,500}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]*/g,
];

const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g;

const URL_PASSWORD = /(:\/\/[^\s/:@"']{0,200}):[^\s/"'@]+@/g;

/** A signed address lets whoever has it read what it names. */
const SIGNED = /([?&](?:sig|signature|x-amz-signature)=)[^\s&"']+/gi;

const HEADER = /(\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer|token)\s+)[^\s"']+/gi;

/** `PASSWORD=x`, `"api_key": "x"`, `--token x`: the value goes, its name stays. */
const NAMED =
  /((?:passw(?:or)?d|passphrase|secret|token|api_?key|access_?key|private_?key|credential)[A-Za-z0-9_]{0,20}["']?\s{0,3}(?:=|:\s)\s{0,3}["']?)(?!\*\*\*)[^\s"',;]{6,}/gi;

/**
 * `text` without what looks like a credential. GitHub masks the secrets it knows; this is for what a job printed in
 * another form, or never told GitHub of. Lines stay lines.
 */
export function maskSecrets(text: string): string {
  const withoutTokens = TOKENS.reduce((left, token) => left.replace(token, MASK), text);
  return withoutTokens
    .replace(PRIVATE_KEY, (key) => key.replaceAll(/[^\n]+/g, MASK))
    .replace(URL_PASSWORD, `$1:${MASK}@`)
    .replace(SIGNED, `$1${MASK}`)
    .replace(HEADER, `$1${MASK}`)
    .replace(NAMED, `$1${MASK}`);
}
