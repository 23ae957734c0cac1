import type { PickedFile } from "./upload-state.ts";

/** Files of a picker, for the folder `prefix` ("" or ending with a slash). Those of a picked folder keep their place in it. */
export function pickedFiles(files: File[], prefix: string): PickedFile[] {
  return files.map((file) => ({ file, path: `${prefix}${file.webkitRelativePath || file.name}` }));
}
