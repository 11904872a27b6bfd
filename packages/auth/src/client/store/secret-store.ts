/**
 * Where a client keeps what nobody else may read: tokens, registrations and keys. Keys say what a value belongs
 * to, always including the issuer it came from; both are plain text. Two processes may share one.
 */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** Does `work` while no other process that shares the store does work of this name. Absent where no other can share it. */
  exclusively?<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** What was kept as JSON under a key; undefined where there is nothing, or nothing that can be read. */
export async function recall<T>(store: SecretStore, key: string): Promise<T | undefined> {
  const kept = await store.get(key);
  if (kept === undefined) return undefined;
  try {
    return JSON.parse(kept) as T;
  } catch {
    // The error would quote the secret.
    return undefined;
  }
}

/** Keeps secrets as long as the process lives. */
export function memoryStore(): SecretStore {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
}
