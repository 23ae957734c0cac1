import { useSignal } from "@preact/signals";
import type { FileRow, ItemRow, View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { AccountBar } from "../ui/account-bar.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { asHoldallError } from "../ui/error-text.ts";
import { type EditorStart, editorStart } from "../ui/item-editor/open-editor.ts";
import { type MenuItem, openMenu } from "../ui/menu.tsx";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";
import { changingRole } from "../ui/state/changing-role.ts";
import { question } from "../ui/state/confirmation.ts";
import { type Owner, ownerOf, sameOwner } from "../ui/state/owner.ts";
import { showToast } from "../ui/state/toasts.ts";
import type { LiveView } from "../ui/state/view-signal.ts";
import { detailsAnchor } from "../ui/state/whose-details.ts";
import { SignInPanel } from "../ui/storage/sign-in-panel.tsx";
import { Toaster } from "../ui/toaster.tsx";
import { Behind } from "./behind.tsx";
import { Home } from "./home.tsx";
import { leaveTo } from "./leave-to.ts";
import { type Later, loadLater, withLater } from "./load-later.ts";
import { PageActions } from "./page-actions.tsx";
import { SiteFoot } from "./site/site-foot.tsx";

/** The popup's one view: decided by what is known of profile and session. */
export function Popup({ live }: { live: LiveView }) {
  const view = live.view.value;
  return (
    <>
      {view !== null ? <Known view={view} /> : live.unreachable.value ? <Unreachable /> : <Unknown />}
      <Toaster />
      <Over view={view} />
    </>
  );
}

/** A page in place of the home page. */
type Opened = { later: Later; owner: Owner } & ({ file: FileRow } | { editor: EditorStart });

function Known({ view }: { view: View }) {
  const opened = useSignal<Opened | null>(null);
  const owner = ownerOf(view);
  if (view.activeProfile === null) {
    return (
      <Behind
        draw={({ Welcome }) => <Welcome onImport={() => leaveTo("/import")} onSetUp={() => leaveTo("/setup")} />}
      />
    );
  }
  if (owner === null) {
    return (
      <>
        <Bar view={view} />
        <SignedOut view={view} profile={view.activeProfile} />
      </>
    );
  }
  const openFile = async (file: FileRow) => {
    const later = await loadLater();
    if (later !== null) opened.value = { later, owner, file };
  };
  const edit = async (row: ItemRow | null) => {
    try {
      const [later, editor] = await Promise.all([loadLater(), editorStart(owner, row)]);
      if (later !== null) opened.value = { later, owner, editor };
    } catch (error) {
      showToast(t("not_opened", row?.sortKey ?? ""), { error: asHoldallError(error) });
    }
  };
  const close = () => {
    opened.value = null;
  };
  // What is open belongs to one person: another one who signs in does not see it.
  const page = sameOwner(opened.value?.owner ?? null, owner) ? opened.value : null;
  return (
    <>
      <Bar view={view} />
      {page === null ? (
        <Home view={view} owner={owner} onOpenFile={openFile} onEdit={edit} />
      ) : "file" in page ? (
        <page.later.FilePage owner={owner} row={page.file} onClose={close} />
      ) : (
        <page.later.EditorPage start={page.editor} onClose={close} />
      )}
    </>
  );
}

/** Nobody, or somebody without a role yet. What is taken of a page waits for them. */
function SignedOut({ view, profile }: { view: View; profile: string }) {
  const { session } = view;
  const choosing = session.state === "choosing-role";
  return (
    <div class={choosing ? "signed-out choosing" : "signed-out"}>
      <PageActions view={view} profile={profile} />
      {choosing ? (
        <Behind
          draw={({ ChooseRole }) => <ChooseRole view={view} session={session} profile={profile} />}
          meanwhile={<main />}
        />
      ) : (
        <SignInPanel view={view} profile={profile} />
      )}
      <SiteFoot view={view} profile={profile} />
    </div>
  );
}

/** What opens over the page, from its menus. */
function Over({ view }: { view: View | null }) {
  return (
    <>
      {question.value !== null && <Behind draw={({ ConfirmationHost }) => <ConfirmationHost />} />}
      {view !== null && changingRole.value !== null && <Behind draw={({ ChangeRole }) => <ChangeRole view={view} />} />}
      {view !== null && detailsAnchor.value !== null && (
        <Behind draw={({ SessionDetails }) => <SessionDetails view={view} />} />
      )}
    </>
  );
}

function Bar({ view }: { view: View }) {
  const openApp: MenuItem = { label: t("open_app"), icon: "external", run: () => leaveTo("/files") };
  const onMenu = (anchor: HTMLElement) =>
    withLater(({ sessionMenu }) => openMenu(anchor, t("menu"), [openApp, ...sessionMenu(view)]));
  return <AccountBar view={view} onMenu={onMenu} onManageProfiles={() => leaveTo("/settings")} />;
}

function Unknown() {
  return (
    <main class="home">
      <h1 class="sr">{t("extension_name")}</h1>
      <SkeletonRows count={6} />
    </main>
  );
}

function Unreachable() {
  return (
    <main class="centre">
      <ErrorPanel error={{ code: "background-unreachable", facts: {} }} />
    </main>
  );
}
