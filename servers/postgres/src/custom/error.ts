/** The file of tools cannot be used; one sentence that says where and how to mend it. */
export class ToolsFileError extends Error {
  override readonly name = "ToolsFileError";
}
