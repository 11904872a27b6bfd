import type { Assignment } from "./assignment.ts";
import { open } from "./open.ts";

/** Opens a connection, and lists the tools where the server says that it has any. */
export async function initialize(assignment: Assignment): Promise<void> {
  await using client = await open(assignment);
  if (client.server.capabilities?.tools) await client.listTools();
}

/** Opens a connection and lists the tools: all that many scenarios watch for. */
export async function listTools(assignment: Assignment): Promise<void> {
  await using client = await open(assignment);
  await client.listTools();
}

/** Adds two numbers with the server's tool. */
export async function addNumbers(assignment: Assignment): Promise<void> {
  await using client = await open(assignment);
  await client.listTools();
  await client.callTool("add_numbers", { a: 5, b: 3 });
}

/** Declares all it can do, so that the metadata of its requests can be looked at. */
export async function requestMetadata(assignment: Assignment): Promise<void> {
  await using client = await open(assignment, {
    onSample: () => ({
      role: "assistant",
      model: "none",
      content: { type: "text", text: "Nothing to say." },
    }),
    onElicit: () => ({ action: "decline" }),
    roots: [{ uri: "file:///project" }],
  });
  await client.listTools();
}

/** Accepts a form as it is: the client fills in its defaults. */
export async function elicitationDefaults(assignment: Assignment): Promise<void> {
  await using client = await open(assignment, {
    onElicit: () => ({ action: "accept", content: {} }),
  });
  await client.listTools();
  await client.callTool("test_client_elicitation_defaults");
}

/** Calls a tool whose stream breaks, and waits for the answer on the next one. */
export async function reconnect(assignment: Assignment): Promise<void> {
  await using client = await open(assignment);
  await client.listTools();
  await client.callTool("test_reconnection");
}

/** Hands a schema back as it came. */
export async function echoSchema(assignment: Assignment): Promise<void> {
  await using client = await open(assignment);
  const tools = await client.listTools();
  const schema = tools.find(({ name }) => name === "json_schema_2020_12_tool")?.inputSchema;
  await client.callTool("json_schema_echo", { schema });
}

/** Carries request state through questions, and through none. */
export async function requestState(assignment: Assignment): Promise<void> {
  await using client = await open(assignment, {
    onElicit: () => ({ action: "accept", content: { confirmed: true } }),
  });
  await client.listTools();
  for (const name of ["echo_state", "no_state", "unrelated", "no_result_type"]) {
    await client.callTool(`test_mrtr_${name}`);
  }
}
