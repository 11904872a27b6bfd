/**
 * Every intended difference from the official server 2026.8.31, in the words of the README. Each is shown by
 * a case of official.test.ts.
 */
export const differences = {
  order:
    "Names are sorted by UTF-16 code units on every system; officially as the system sorts them, on Linux by bytes.",
  links:
    'A symbolic link is listed as `[LINK]`, a pipe, socket or device as `[OTHER]`, and in a tree a link carries `"link": true`; officially all are files.',
  linkSize:
    "`list_directory_with_sizes` shows the size of a link itself, never that of what it leads to.",
  linkPaths:
    "Diffs and resources name a file by the path that was asked for, not by where links on the way lead.",
  printable:
    "Control, invisible and direction-changing characters in names are shown as `\\u{…}` (in a tree as JSON escapes).",
  tail: "`tail` does not count the emptiness after the last line break as a line.",
  lineCount:
    "`head` and `tail` must be whole numbers, 1 or more; zero, negative and broken numbers are refused.",
  encodings: "A byte order mark is not part of the text, and UTF-16 is decoded.",
  binary: "Reading a binary file as text is refused, with the advice to read it as media.",
  lineEnds: "`head` and `tail` keep CRLF line ends as they are, and edits keep those of the file.",
  ambiguous:
    "An edit that matches several places is refused with their line numbers; officially the first is changed.",
  emptyEdit: "An edit with an empty `oldText`, and a list of no edits, are refused.",
  halfCharacter: "Half of a surrogate pair is refused; officially it is written as U+FFFD.",
  errors:
    "Error texts differ: they say what to do next and never name a path outside the allowed directories, nor where a link leads.",
  mediaTypes: "More media types are known, PDF, AVIF and M4A among them.",
  info: "`get_file_info` adds `hardLinks` where a file has several and `readOnly` where nothing may be changed.",
  special:
    "Pipes, sockets and devices are refused at once; the official server waits for a pipe for ever.",
} as const;

/** The name of a row. */
export type Difference = keyof typeof differences;
