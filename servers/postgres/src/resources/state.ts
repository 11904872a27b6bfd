import type { Look } from "@portico/core";

/**
 * Looks at what is there at first. Later, gone, forbidden or out of reach is a state like others: whoever reads it is told
 * which.
 */
export function stateOf(read: Look): Look {
  let isKnown = false;
  return async (signal) => {
    try {
      return await read(signal);
    } catch (error) {
      if (!isKnown) throw error;
      return (error as Error).message;
    } finally {
      isKnown = true;
    }
  };
}
