/** Every intended difference from GitHub's own server 1.7 and the archived one. */
export const differences = [
  "A call at a rate limit waits for its turn; officially it fails.",
  "Answers have structured content and an output schema. Their text is the same as JSON, for older names as well; the archived server printed all that GitHub said.",
  "Answers keep to 20,000 tokens, and every list takes `fields`.",
  "Merging a pull request and deleting logs of runs ask the user first, as deleting a repository does.",
  "Seldom needed tools of the usual toolsets are listed only where their toolset is named; officially all are listed.",
  "`X-MCP-*` headers only narrow what the operator offers; officially they choose freely where the operator said nothing.",
  "A caller's own token is not passed on over HTTP.",
  "There are no commands `stdio` and `http`: leave the first away, and write `--transport http` for the second.",
  "`--dynamic-toolsets`, `--allow-repos` and `--accounts` are not there officially; translated descriptions, feature flags, the user interface of MCP Apps, and the remote-only tools are not here.",
] as const;
