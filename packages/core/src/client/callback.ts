/** Runs a host's callback; what it throws is the host's, not the connection's, and is reported as uncaught. */
export function guarded(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
