import { JSON_RPC, RpcError } from "@portico/core";
import { forModel } from "../files-tool.ts";

/** Runs a prompt's work; what a tool would tell the model is told to the client as an error. */
export async function forPrompt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const told = forModel(error);
    if (told === error) throw error;
    throw new RpcError(JSON_RPC.invalidParams, (told as Error).message);
  }
}
