import { isSecretName } from "@portico/core";

/** Says where tokens are, not what they are. */
const PLACE_OF_SECRETS = /^(--)?auth-tokens$/;

/** Whether the value of an option, variable or field called `name` must not be shown. */
export function isSecret(name: string): boolean {
  return isSecretName(name) && !PLACE_OF_SECRETS.test(name);
}
