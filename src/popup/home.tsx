import { useEffect } from "preact/hooks";
import type { FileRow, ItemRow, TransfersView, View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { extensionUrl } from "../platform/pages.ts";
import type { Owner } from "../ui/state/owner.ts";
import { refreshRecent } from "../ui/storage/session-actions.ts";
import { UploadButton } from "../ui/storage/upload-button.tsx";
import type { PickedFile } from "../ui/storage/upload-state.ts";
import { hasStrip } from "../ui/transfers/strip-content.ts";
import { stripHeight } from "../ui/transfers/strip-height.ts";
import { Behind } from "./behind.tsx";
import { leaveTo } from "./leave-to.ts";
import { loadLater } from "./load-later.ts";
import { Notices } from "./notices.tsx";
import { PageActions } from "./page-actions.tsx";
import { Recent } from "./recent.tsx";
import { SiteFoot } from "./site/site-foot.tsx";

/** What is shown is asked for again when it is older. */
const stale = 5 * 60_000;

/** Firefox closes a popup when the file picker opens (bug 1292701): there the app takes the files. */
const pickerClosesPopup = extensionUrl("").startsWith("moz-extension:");

interface HomeProps {
  view: View;
  owner: Owner;
  onOpenFile: (row: FileRow) => void;
  /** Null for a new item. */
  onEdit: (row: ItemRow | null) => void;
}

/** Signed in: what one came for, what moves, what is recent. */
export function Home({ view, owner, onOpenFile, onEdit }: HomeProps) {
  usePainted();
  useFresh(view, owner);
  const upload = (files: PickedFile[]) => void loadLater().then((later) => later?.uploadFiles(owner, files));
  return (
    <main class="home">
      <h1 class="sr">{t("extension_name")}</h1>
      {/* Also fetches the pages behind this one, so that opening them does not wait. */}
      <Behind draw={({ DropTarget }) => <DropTarget prefix="" onFiles={upload} />} />
      <PageActions view={view} profile={owner.profile} primary>
        <UploadButton
          prefix=""
          onFiles={upload}
          instead={pickerClosesPopup ? () => void leaveTo("/files") : undefined}
        />
      </PageActions>
      <Notices view={view} owner={owner} onEdit={onEdit} />
      {hasStrip(view.transfers) && <Strip transfers={view.transfers} />}
      <Recent view={view} owner={owner} onOpenFile={onOpenFile} onOpenItem={onEdit} />
      <SiteFoot view={view} profile={owner.profile} />
    </main>
  );
}

/** Its code comes after the first paint, its place is there from the start. */
function Strip({ transfers }: { transfers: TransfersView }) {
  const onAll = () => void leaveTo("/transfers");
  return (
    <Behind
      draw={({ TransferStrip }) => (
        <TransferStrip transfers={transfers} onAll={onAll} pickElsewhere={pickerClosesPopup} />
      )}
      meanwhile={<div class="transfers" style={{ height: `${stripHeight(transfers)}px` }} />}
    />
  );
}

/** An effect runs once the view is in the document: the moment that "the popup is there". */
function usePainted(): void {
  useEffect(() => {
    if (performance.getEntriesByName("holdall-painted").length > 0) return;
    performance.mark("holdall-painted");
  }, []);
}

/** Asks for the recent rows only when they are old: opening a popup costs no request. */
function useFresh({ recent, session }: View, owner: Owner): void {
  useEffect(() => {
    const old = recent.loadedAt === null ? recent.state === "empty" : Date.now() - recent.loadedAt > stale;
    if (old && session.state === "signed-in" && navigator.onLine) void refreshRecent(owner.profile);
    // Once per opening and owner, whatever the answer: no loop.
  }, [owner.profile, owner.identity]);
}
