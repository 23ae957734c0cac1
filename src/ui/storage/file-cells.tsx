import type { FileRow } from "../../messaging/view.ts";
import { FileName } from "../file-name.tsx";
import { byteSize } from "../format/byte-size.ts";
import { baseName, fileIcon } from "../format/file-kind.ts";
import { Icon } from "../icon.tsx";
import { Time } from "../time.tsx";

/** A file in a list: kind and name, size, age. */
export function fileCells({ path, size, modifiedAt }: FileRow) {
  return [
    <>
      <Icon name={fileIcon(path)} />
      <FileName name={baseName(path)} />
    </>,
    byteSize(size),
    <Time key="time" at={modifiedAt} />,
  ];
}

/** A folder among files. */
export function folderCells(path: string) {
  return [
    <>
      <Icon name="folder" />
      <FileName name={baseName(path)} />
    </>,
    null,
    null,
  ];
}
