import { useRef } from "preact/hooks";
import { type CaptureKind, type CaptureSettings, captureKinds } from "../../../messaging/captures-view.ts";
import { t } from "../../../platform/i18n.ts";
import { nameCapture } from "../../../shared/naming/name-capture.ts";
import { captureIcon, captureKindName } from "../../../ui/captures/capture-kind.ts";
import { Icon } from "../../../ui/icon.tsx";
import { exampleFacts } from "./example-facts.ts";

interface NameExamplesProps {
  /** The last one that worked stays while it is none. */
  template: string;
  faulty: boolean;
  /** Of the rule; none: any. */
  site: string;
  kinds: CaptureKind[];
  formats: Pick<CaptureSettings, "page" | "selection">;
}

/** What captures would be called, one of each kind. */
export function NameExamples({ template, faulty, site, kinds, formats }: NameExamplesProps) {
  const working = useRef<string | null>(null);
  if (!faulty) working.current = template;
  const fallback = { template: working.current ?? "", ifExists: "keep-both" } as const;
  if (working.current === null) return null;
  return (
    <div class="field">
      <p class="label">{t("template_examples")}</p>
      <dl class={`name-examples ${faulty ? "stale" : ""}`}>
        {(kinds.length === 0 ? captureKinds : kinds).map((kind) => (
          <div key={kind}>
            <dt>
              <Icon name={captureIcon(kind)} />
              {captureKindName(kind)}
            </dt>
            <dd>
              <PathText path={nameCapture({ rules: [], fallback }, exampleFacts(kind, site, formats)).path} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The name stands out from its folders. */
function PathText({ path }: { path: string }) {
  const at = path.lastIndexOf("/") + 1;
  return (
    <bdi class="mono">
      <span class="muted">{path.slice(0, at)}</span>
      {path.slice(at)}
    </bdi>
  );
}
