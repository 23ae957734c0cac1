import { useEffect, useRef } from "preact/hooks";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { WordsFields } from "../../ui/captures/words-fields.tsx";
import { wordsStatus } from "../../ui/captures/words-status.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { CardFoot } from "./card-foot.tsx";
import { CardHead } from "./card-head.tsx";
import { knownTags, loadKnownTags } from "./known-tags.ts";
import { useStanding } from "./standing.ts";
import { earlyWords, type Taking, taking } from "./taking.ts";

interface CaptureCardProps {
  view: View;
  owner: Owner | null;
}

/** Tags and note of the capture that was just clicked, and how it goes; before the click, the words alone. */
export function CaptureCard({ view, owner }: CaptureCardProps) {
  const box = useRef<HTMLElement>(null);
  const now = taking.value;
  const early = earlyWords.value;
  const open = now !== null || early !== null;
  useEffect(() => {
    if (open && owner !== null) void loadKnownTags(owner);
  }, [open, owner?.profile, owner?.identity]);
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>(".tag-input")?.focus();
  }, [open, now?.id]);
  if (now !== null) return <Taken cardRef={box} now={now} view={view} owner={owner} />;
  if (early === null) return null;
  return (
    <section ref={box} class="capture-card" id="capture-card" aria-label={t("words_first")}>
      <p class="small muted">{t("words_first_hint")}</p>
      <WordsFields
        words={early}
        known={knownTags.value}
        status=""
        onChange={(words) => {
          earlyWords.value = words;
        }}
      />
    </section>
  );
}

interface TakenProps extends CaptureCardProps {
  cardRef: { current: HTMLElement | null };
  now: Taking;
}

function Taken({ cardRef, now, view, owner }: TakenProps) {
  const standing = useStanding(now, view, owner);
  const { words } = now;
  const done = async () => {
    await words.flush();
    // What was typed and could not be written stays to be seen. Of a capture that never was there is nothing to write to.
    if (words.state.value === "failed" && standing.at !== "refused") return;
    close();
  };
  return (
    <section ref={cardRef} class="capture-card" id="capture-card">
      <CardHead now={now} standing={standing} onClose={close} />
      <WordsFields
        words={words.value.value}
        known={knownTags.value}
        status={wordsStatus(words.state.value)}
        onChange={words.change}
        onEnter={() => void done()}
      />
      <CardFoot now={now} standing={standing} onDone={done} />
    </section>
  );
}

/** The focus goes back to where the click was. */
function close(): void {
  taking.value = null;
  document.querySelector<HTMLElement>(".actions button")?.focus();
}
