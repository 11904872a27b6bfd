import { InvalidResponse } from "../era/client-era.ts";
import { project, type Revision, Tool } from "../protocol/index.ts";
import type { JsonObject, JsonSchemaObject } from "../schema/json-schema.ts";
import { compile, describeIssues, SchemaError } from "../schema/validate.ts";

/** What the server last said of its tools: enough to check what they answer. */
export class ToolMemory {
  readonly #tools = new Map<string, Tool>();
  readonly #revision: Revision;

  constructor(revision: Revision) {
    this.#revision = revision;
  }

  /** Takes a page of `tools/list`; the first page starts afresh. */
  learn(params: JsonObject, result: JsonObject): void {
    if (params.cursor === undefined) this.#tools.clear();
    for (const tool of result.tools as unknown as Tool[]) {
      // Projected, so that a field which the revision in use does not have means nothing.
      this.#tools.set(tool.name, project(Tool, this.#revision, tool));
    }
  }

  /**
   * Checks a tool's structured output against the schema it was listed with. Tools that were never listed
   * go unchecked: a call stays one exchange with the server.
   * @throws {InvalidResponse} when the output breaks the schema, is missing, or cannot be checked
   */
  check(params: JsonObject, result: JsonObject): void {
    const schema = this.#tools.get(params.name as string)?.outputSchema;
    // server/tools: an error has no structured output to conform.
    if (schema === undefined || result.isError === true) return;
    const what = `The structured output of the tool ${JSON.stringify(params.name)}`;
    if (result.structuredContent === undefined) {
      throw new InvalidResponse(`${what} is missing, though it was listed with an output schema.`);
    }
    const issues = compiled(schema, what)(result.structuredContent);
    if (issues) {
      throw new InvalidResponse(`${what} breaks its schema: ${describeIssues(issues, "output")}.`);
    }
  }

  /** What the tool was last listed with. */
  get(name: unknown): Tool | undefined {
    return this.#tools.get(name as string);
  }

  /** True when the server says that calling the tool again does no more than calling it once. */
  isRepeatable(name: unknown): boolean {
    const annotations = this.#tools.get(name as string)?.annotations;
    return annotations?.readOnlyHint === true || annotations?.idempotentHint === true;
  }
}

// basic/index: an unsupported dialect MUST be reported; a `$ref` to the network is never followed.
function compiled(schema: JsonSchemaObject, what: string) {
  try {
    return compile(schema);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    throw new InvalidResponse(`${what} cannot be checked: ${error.message}`, { cause: error });
  }
}
