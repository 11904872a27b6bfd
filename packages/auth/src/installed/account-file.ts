const END = ".json";

/** The name of the file that keeps an account's token. The account's may have any characters: they are escaped. */
export function accountFile(account: string): string {
  return `${encodeURIComponent(account)}${END}`;
}

/** The account that a file of this name belongs to; undefined where it is none's. */
export function accountOf(fileName: string): string | undefined {
  if (!fileName.endsWith(END)) return undefined;
  try {
    return decodeURIComponent(fileName.slice(0, -END.length)) || undefined;
  } catch {
    return undefined;
  }
}
