import { JailError } from "./error.ts";

/** Most bytes of a name; file systems take 255, of which a file that is being written needs some. */
const LONGEST = 200;

/** What no name may hold: separators of paths, streams and wildcards of Windows, and what a person cannot see. */
const FORBIDDEN = /[/\\:*?"<>|]|\p{C}|[\u2028\u2029]/u;

/** Names that Windows keeps for devices, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Takes the name of a file in a folder: one part of a path, the same on every system.
 * @throws {JailError} for anything that could lead elsewhere
 */
export function checkName(name: string): string {
  const isPlain = !FORBIDDEN.test(name) && name.isWellFormed();
  const isShown = name !== "" && !name.startsWith(".") && !/[. ]$|^ /.test(name);
  if (isPlain && isShown && !DEVICE.test(name) && Buffer.byteLength(name) <= LONGEST) return name;
  throw new JailError(
    `A file is named by 1 to ${LONGEST} bytes without / \\ : * ? " < > | and not beginning or ending with a dot or a space: it is no path.`,
  );
}

/**
 * The nearest name that {@link checkName} takes, for a file of Drive, where any name goes.
 * @param end what it ends in then, as `.pdf`
 */
export function fittingName(name: string, end = ""): string {
  const plain = name.toWellFormed().normalize("NFC").replaceAll(new RegExp(FORBIDDEN, "gu"), "_");
  const cut = Buffer.from(plain)
    .subarray(0, LONGEST - 1 - end.length)
    .toString()
    .replace(/\ufffd$/, "");
  const shown = cut.replace(/^[. ]+/, "").replace(/[. ]+$/, "");
  if (shown === "") return `file${end}`;
  return `${DEVICE.test(shown) ? "_" : ""}${shown}${end}`;
}
