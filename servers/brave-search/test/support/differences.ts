/** Every intended difference from `@brave/brave-search-mcp-server` 2.1.4 and the archived server. */
export const differences = [
  "A call at the plan's limit waits; officially it fails.",
  "Text of `brave_web_search` and `brave_local_search` is written as the archived server wrote it, for all other tools as lines `Name: value`; officially each result is a block of JSON. The data are in the structured content of every tool.",
  "`brave_local_search` asks for all places found, in batches of 20, one after the other; officially the first 20.",
  "`brave_summarizer` waits up to half a minute for a summary that is being written; officially one second.",
  "`country`, `search_lang` and `ui_lang` take any code of their form; Brave says which it does not know. Officially the codes are listed, which is most of 27,700 tokens.",
  "A goggle at an address that is not `https` is refused; officially it is left out without a word.",
  "A request without results is an answer; officially an error.",
] as const;
