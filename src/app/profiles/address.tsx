import { t } from "../../platform/i18n.ts";
import { asciiHost } from "./host-names.ts";

/** An address for people: as it is written, and beside it how the network writes its host, where that differs. */
export function Address({ url }: { url: string }) {
  const ascii = asciiHost(url);
  return (
    <>
      <bdi>{url}</bdi>
      {ascii !== null && <span class="ascii-host"> {t("profile_ascii", ascii)}</span>}
    </>
  );
}
