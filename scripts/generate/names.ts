/** Says what is wrong with the name of a server, in a sentence. */
export function serverNameComplaint(name: string): string | undefined {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return;
  return `"${name}" is no name for a server: use lower-case words joined by hyphens, like brave-search.`;
}

/** Says what is wrong with the name of a tool, in a sentence. */
export function toolNameComplaint(name: string): string | undefined {
  if (/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) return;
  return `"${name}" is no name for a tool: use lower-case words joined by underscores, like list_folder.`;
}

/** Says what is wrong with a description, which goes into code, tables and the registry as it is. */
export function descriptionComplaint(description: string): string | undefined {
  if (description.length <= 100 && /^[A-Z][^"\\`$|{}\n]*\.$/.test(description)) return;
  return 'Describe it in one plain sentence of at most 100 characters: "Find boats in the harbour."';
}

/** `brave-search` or `brave_search` as `braveSearch`. */
export function camelCase(name: string): string {
  return name.replace(/[-_](.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `brave-search` or `brave_search` as `Brave Search`. */
export function titleCase(name: string): string {
  const words = name.split(/[-_]/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
