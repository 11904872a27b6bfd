/** How often one request is signed anew: a fresh nonce, a fresh token, a wider scope, and one to spare. */
export const MOST_REMEDIES = 4;

/** What a signer must know of the request it signs. */
export interface RequestToSign {
  readonly method: string;
  readonly url: URL;
}

/** A 401 or 403 that a signer may have a remedy for. */
export interface SignatureRefused extends RequestToSign {
  readonly status: number;
  readonly headers: Headers;
  /** What {@link RequestSigner.sign} had added to the refused request. */
  readonly signed: Readonly<Record<string, string>>;
}

/** Makes a client's requests acceptable to a server that wants to know who calls: a bearer token, a proof of possession. */
export interface RequestSigner {
  /** The headers to add to one request. */
  sign(request: RequestToSign, signal?: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /**
   * Hears that a signed request was refused. True: sign and send the same request once more.
   * @throws {Error} when only the user can help, with what to do
   */
  refused(refusal: SignatureRefused, signal?: AbortSignal): Promise<boolean>;
}
