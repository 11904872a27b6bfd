/** One thing that is wrong with a value, where it is, and the keyword that says so. */
export interface Issue {
  /** Property names and array indices from the checked value down to the faulty one. */
  readonly path: (string | number)[];
  /** What is wrong, to be read after the name of the place: "must be a string", "is required". */
  readonly message: string;
  /** The JSON Schema keyword that failed, or "limit" where the check was given up. */
  readonly keyword: string;
}

type PathSegment = PropertyKey | { readonly key: PropertyKey };

const plainName = /^[A-Za-z_$][\w$-]*$/;

/** Writes a path the way a person would: `arguments.files[0].name`, or `arguments["a b"]`. */
export function formatPath(subject: string, path: readonly PathSegment[] = []): string {
  let text = subject;
  for (const segment of path) {
    const key = typeof segment === "object" ? segment.key : segment;
    if (typeof key === "number") text += `[${key}]`;
    else if (typeof key === "string" && plainName.test(key)) text += text ? `.${key}` : key;
    else text += `[${JSON.stringify(String(key))}]`;
  }
  return text || "value";
}

/**
 * One line that names every issue: "arguments.path is required; arguments.head must be an integer".
 * `subject` is what the checked value is called; without it paths stand alone. Issues of other
 * libraries, whose messages are sentences of their own, follow a colon.
 */
export function describeIssues(
  issues: readonly { readonly message: string; readonly path?: readonly PathSegment[] }[],
  subject = "",
): string {
  return issues
    .map(({ path, message }) => {
      const place = formatPath(subject, path);
      // Some libraries name the place in the message already.
      if (path?.length && message.startsWith(formatPath("", path))) return message;
      return place + (/^[a-z]/.test(message) ? " " : ": ") + message;
    })
    .join("; ");
}
