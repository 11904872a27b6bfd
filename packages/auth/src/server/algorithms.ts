/** The signature algorithms accepted unless told otherwise: nobody can sign with what is published to check. */
export const ASYMMETRIC: readonly string[] = [
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
  ...["PS256", "PS384", "PS512", "RS256", "RS384", "RS512"],
];
