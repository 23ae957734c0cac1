import { useSignal } from "@preact/signals";
import type { View } from "../messaging/view.ts";
import { ConfirmationHost } from "../ui/confirmation.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import type { EditorStart } from "../ui/item-editor/open-editor.ts";
import { MenuHost } from "../ui/menu.tsx";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";
import { ownerOf, sameOwner } from "../ui/state/owner.ts";
import type { LiveView } from "../ui/state/view-signal.ts";
import { Toaster } from "../ui/toaster.tsx";
import { EditorPage } from "./editor-page.tsx";
import { Header } from "./header.tsx";
import { Home } from "./home.tsx";
import { SignIn } from "./sign-in.tsx";
import { Welcome } from "./welcome.tsx";

/** The popup's one view: decided by what is known of profile and session. */
export function Popup({ live }: { live: LiveView }) {
  const view = live.view.value;
  return (
    <>
      {view !== null ? <Known view={view} /> : live.unreachable.value ? <Unreachable /> : <Unknown />}
      <Toaster />
      <MenuHost />
      <ConfirmationHost />
    </>
  );
}

function Known({ view }: { view: View }) {
  const editing = useSignal<EditorStart | null>(null);
  const owner = ownerOf(view);
  if (view.activeProfile === null) return <Welcome />;
  if (owner === null) {
    return (
      <>
        <Header view={view} />
        <SignIn view={view} profile={view.activeProfile} />
      </>
    );
  }
  const start = editing.value;
  return (
    <>
      <Header view={view} />
      {/* An editor belongs to one person: another one who signs in does not see it. */}
      {start !== null && sameOwner(start.owner, owner) ? (
        <EditorPage start={start} onClose={() => (editing.value = null)} />
      ) : (
        <Home view={view} owner={owner} onEdit={(next) => (editing.value = next)} />
      )}
    </>
  );
}

function Unknown() {
  return (
    <main class="home">
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
