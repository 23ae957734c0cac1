import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import type { CapturesPage, CapturesPageProps } from "./captures-page.tsx";

interface Later {
  Page: typeof CapturesPage;
}

let loaded: Later | null = null;

/** The captures, whose code comes when they are first looked at. */
export function CapturesPlace(props: CapturesPageProps) {
  const later = useSignal(loaded);
  const error = useSignal<HoldallError | null>(null);
  const load = async () => {
    error.value = null;
    try {
      const { CapturesPage: Page, loadLook } = await import("./later.ts");
      await loadLook();
      loaded = { Page };
      later.value = loaded;
    } catch (cause) {
      error.value = asHoldallError(cause);
    }
  };
  useEffect(() => {
    if (later.value === null) void load();
  }, []);
  if (later.value !== null) return <later.value.Page {...props} />;
  return (
    <main class="place-main">
      {error.value ? <ErrorPanel error={error.value} onRetry={load} /> : <SkeletonRows count={8} />}
    </main>
  );
}
