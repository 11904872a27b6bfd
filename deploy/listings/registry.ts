/** The source of the official MCP registry, a Go module: its schema, and the program that publishes to it. */
export const REGISTRY = "github.com/modelcontextprotocol/registry@v1.8.8";
