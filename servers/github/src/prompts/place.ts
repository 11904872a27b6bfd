import { completeOwner, completeRepo } from "../resources/complete.ts";

/** Which repository a prompt is about. */
export const placeArguments = {
  owner: { description: "Owner of the repository", required: true, complete: completeOwner },
  repo: { description: "Name of the repository", required: true, complete: completeRepo },
} as const;
