import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { HoldallError } from "../shared/holdall-error.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { asHoldallError } from "../ui/error-text.ts";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";

/** A place whose code comes when it is first looked at. */
export function latePlace<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function LatePlace(props: Props) {
    // In an object: a signal's value that is a function would be a component all the same, but not look like one.
    const page = useSignal(loaded === null ? null : { Page: loaded });
    const error = useSignal<HoldallError | null>(null);
    const start = async () => {
      error.value = null;
      try {
        loaded = await load();
        page.value = { Page: loaded };
      } catch (cause) {
        error.value = asHoldallError(cause);
      }
    };
    useEffect(() => {
      if (page.value === null) void start();
    }, []);
    if (page.value !== null) return <page.value.Page {...props} />;
    return (
      <main class="place-main">
        {error.value ? <ErrorPanel error={error.value} onRetry={start} /> : <SkeletonRows count={8} />}
      </main>
    );
  };
}
