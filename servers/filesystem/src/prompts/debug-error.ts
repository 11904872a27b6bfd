import { prompt } from "@portico/core";

/** Asks for help with an error message. */
export const debugError = prompt({
  name: "debug_error",
  title: "Debug an error",
  description: "Find the cause of an error in the files this server can see.",
  arguments: {
    error_message: {
      description: "The error, with its stack trace if there is one",
      required: true,
    },
    context: { description: "What was being done when it happened" },
  },
  run({ error_message, context }) {
    const longest = error_message
      .match(/`+/g)
      ?.reduce((most, run) => Math.max(most, run.length), 2);
    const fence = "`".repeat((longest ?? 2) + 1);
    return [
      "Find the cause of this error and propose a fix.",
      "",
      fence,
      error_message,
      fence,
      ...(context ? ["", `It happened here: ${context}`] : []),
      "",
      "Look for the names and messages in it with search_file_contents, read the places it names with read_text_file, and say which evidence led you to the cause.",
    ].join("\n");
  },
});
