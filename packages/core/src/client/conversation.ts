import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type { SamplingMessage } from "../protocol/index.ts";

type Block = Extract<SamplingMessage["content"], { type: string }>;

/**
 * Checks how tool use is laid out in a conversation (client/sampling): results stand alone in a user's
 * message, and every use is answered before anything else is said.
 * @throws {RpcError} -32602 when it is laid out otherwise
 */
export function checkConversation(messages: readonly SamplingMessage[]): void {
  let unanswered: readonly string[] = [];
  for (const message of messages) {
    const blocks = blocksOf(message);
    const results = blocks.filter((block) => block.type === "tool_result");
    if (results.length > 0 && results.length < blocks.length) {
      throw invalidParams("A message with tool results must hold nothing else.");
    }
    const answered = new Set(results.map((block) => block.toolUseId));
    const open = unanswered.find((id) => !answered.has(id));
    if (open !== undefined) {
      throw invalidParams(`The tool use ${open} must be answered by the next message.`);
    }
    unanswered = blocks.flatMap((block) => (block.type === "tool_use" ? [block.id] : []));
  }
}

function blocksOf({ content }: SamplingMessage): readonly Block[] {
  return (Array.isArray(content) ? content : [content]) as readonly Block[];
}
