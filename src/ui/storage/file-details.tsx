import type { ComponentChildren } from "preact";
import type { FileRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { Fact } from "../fact.tsx";
import { sizeInFull } from "../format/byte-size.ts";
import { exactTime } from "../format/relative-time.ts";
import type { Owner } from "../state/owner.ts";
import { deleteFile, saveFile } from "./file-actions.ts";

interface FileDetailsProps {
  owner: Owner;
  row: FileRow;
  /** The row is on its way out. */
  onDeleted: () => void;
  children?: ComponentChildren;
}

/** Everything known about an object, and what can be done with it. */
export function FileDetails({ owner, row, onDeleted, children }: FileDetailsProps) {
  const facts: [label: string, value: string, mono?: boolean][] = [
    [t("fact_size"), sizeInFull(row.size)],
    [t("fact_modified"), exactTime(row.modifiedAt)],
    [t("fact_key"), `${owner.identity}/${row.path}`, true],
    [t("fact_etag"), row.etag.replaceAll('"', ""), true],
  ];
  return (
    <div class="file-details">
      <div class="buttons">
        <Button icon="download" onClick={() => saveFile(owner, row)}>
          {t("save")}
        </Button>
        {children}
        <Button
          kind="danger"
          icon="trash"
          onClick={() => {
            void deleteFile(owner, row);
            onDeleted();
          }}
        >
          {t("delete")}
        </Button>
      </div>
      <dl class="facts">
        {facts.map(([label, value, mono = false]) => (
          <Fact key={label} label={label} mono={mono}>
            <bdi>{value}</bdi>
          </Fact>
        ))}
      </dl>
    </div>
  );
}
