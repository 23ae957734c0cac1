import { useSignal } from "@preact/signals";
import type { View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { AccountBar } from "../ui/account-bar.tsx";
import { ConfirmationHost } from "../ui/confirmation.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import type { EditorStart } from "../ui/item-editor/open-editor.ts";
import type { MenuItem } from "../ui/menu.tsx";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";
import { ownerOf, sameOwner } from "../ui/state/owner.ts";
import type { LiveView } from "../ui/state/view-signal.ts";
import { SignInPanel } from "../ui/storage/sign-in-panel.tsx";
import { Toaster } from "../ui/toaster.tsx";
import { Welcome } from "../ui/welcome.tsx";
import { EditorPage } from "./editor-page.tsx";
import { Home } from "./home.tsx";
import { leaveTo } from "./leave-to.ts";

/** The popup's one view: decided by what is known of profile and session. */
export function Popup({ live }: { live: LiveView }) {
  const view = live.view.value;
  return (
    <>
      {view !== null ? <Known view={view} /> : live.unreachable.value ? <Unreachable /> : <Unknown />}
      <Toaster />
      <ConfirmationHost />
    </>
  );
}

function Known({ view }: { view: View }) {
  const editing = useSignal<EditorStart | null>(null);
  const owner = ownerOf(view);
  if (view.activeProfile === null) return <Welcome onImport={() => leaveTo("/settings")} />;
  if (owner === null) {
    return (
      <>
        <Bar view={view} />
        <SignInPanel view={view} profile={view.activeProfile} />
      </>
    );
  }
  const start = editing.value;
  return (
    <>
      <Bar view={view} />
      {/* An editor belongs to one person: another one who signs in does not see it. */}
      {start !== null && sameOwner(start.owner, owner) ? (
        <EditorPage start={start} onClose={() => (editing.value = null)} />
      ) : (
        <Home view={view} owner={owner} onEdit={(next) => (editing.value = next)} />
      )}
    </>
  );
}

function Bar({ view }: { view: View }) {
  const menu: MenuItem[] = [{ label: t("open_app"), icon: "external", run: () => leaveTo("/files") }];
  return <AccountBar view={view} menu={menu} onManageProfiles={() => leaveTo("/settings")} />;
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
