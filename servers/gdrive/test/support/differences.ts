/** Every intended difference from `@modelcontextprotocol/server-gdrive` 2025.1.14. */
export const differences = [
  "`search` also finds what lies in shared drives, leaves out what lies in the trash, gives ids, and has further pages; officially ten hits of My Drive, the trash included, by name and type.",
  "What Google refuses is an error the model reads; officially it ends as an internal error.",
  "A drawing is read as a picture; officially its bytes are decoded as if they were text.",
  "Every file whose bytes are text is read as text; officially those of type `text/…` and JSON are, and all others as bytes.",
  "Folders, forms and other things without a text are refused in a sentence; officially they are exported as plain text, an empty one at times.",
  "Text of resources is without characters nobody sees, and pages without their hidden parts; officially it is as Google gives it.",
  "Files of resources are listed the latest first, a hundred at a time, without the trash; officially ten at a time.",
  "An expired token is renewed; officially the server must be signed in anew each hour.",
  "Without a credential the server starts and says what to do; officially it ends.",
  "A file that was saved by `auth` is readable by you alone; officially by everybody on the machine.",
] as const;
