import { audio, embedded, image, ToolError, text, tool } from "@portico/core";
import { PNG, WAV } from "./media.ts";

/** Tools that answer at once, with content of each kind. */
export const contentTools = [
  tool({
    name: "test_simple_text",
    description: "Answers with text.",
    run: () => "This is a simple text response for testing.",
  }),
  tool({
    name: "test_image_content",
    description: "Answers with an image.",
    run: () => image(PNG, "image/png"),
  }),
  tool({
    name: "test_audio_content",
    description: "Answers with audio.",
    run: () => audio(WAV, "audio/wav"),
  }),
  tool({
    name: "test_embedded_resource",
    description: "Answers with a resource put into the message.",
    run: () =>
      embedded("test://embedded-resource", "This is an embedded resource content.", "text/plain"),
  }),
  tool({
    name: "test_multiple_content_types",
    description: "Answers with text, an image and a resource.",
    run: () => [
      text("Multiple content types test:"),
      image(PNG, "image/png"),
      embedded(
        "test://mixed-content-resource",
        JSON.stringify({ test: "data", value: 123 }),
        "application/json",
      ),
    ],
  }),
  tool({
    name: "test_error_handling",
    description: "Always fails in a way the model should read about.",
    run: () => {
      throw new ToolError("This tool intentionally returns an error for testing");
    },
  }),
];
