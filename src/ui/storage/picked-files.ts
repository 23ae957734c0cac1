import type { PickedFile } from "./upload-state.ts";

/** Files of a picker, for the folder `prefix` ("" or ending with a slash). Those of a picked folder keep their place in it. */
export function pickedFiles(list: FileList | null, prefix: string): PickedFile[] {
  return [...(list ?? [])].map((file) => ({ file, path: `${prefix}${file.webkitRelativePath || file.name}` }));
}
