import { t } from "../../platform/i18n.ts";
import type { ActivityEntry } from "../../shared/activity.ts";
import { IconButton } from "../../ui/button.tsx";
import { Fact } from "../../ui/fact.tsx";
import { sizeInFull } from "../../ui/format/byte-size.ts";
import { exactTime } from "../../ui/format/relative-time.ts";
import { Icon } from "../../ui/icon.tsx";
import { now } from "../../ui/state/now.ts";
import { copyText } from "../captures/capture-menu.ts";
import { Details } from "../details.tsx";
import { duration, timeOfDay } from "./numbers.ts";
import { outcomeOf } from "./outcome.ts";
import { serviceName } from "./service-name.ts";

interface EntryDetailsProps {
  entry: ActivityEntry;
  nameOf: (profile: string) => string;
  onClose: () => void;
}

/** Everything that is kept of a request. */
export function EntryDetails({ entry, nameOf, onClose }: EntryDetailsProps) {
  const { at, profile, service, host, action, error, ms, sent, received, requestId } = entry;
  const { kind, icon, word } = outcomeOf(entry);
  return (
    <Details title={t("activity_details", action, timeOfDay(at, now.value))} onClose={onClose}>
      <dl class="facts">
        <Fact label={t("activity_outcome")}>
          <span class={`outcome ${kind}`}>
            <Icon name={icon} />
            {word}
          </span>
          {error !== null && <span class="mono muted">{error}</span>}
        </Fact>
        <Fact label={t("activity_service")}>{serviceName(service)}</Fact>
        <Fact label={t("activity_host")}>
          <bdi class="mono">{host}</bdi>
        </Fact>
        <Fact label={t("activity_at")}>{exactTime(at)}</Fact>
        <Fact label={t("activity_duration")}>{duration(ms)}</Fact>
        <Fact label={t("activity_sent")}>{bytes(sent)}</Fact>
        <Fact label={t("activity_received")}>{bytes(received)}</Fact>
        {profile !== null && <Fact label={t("activity_profile")}>{nameOf(profile) || profile}</Fact>}
        {requestId !== null && (
          <Fact label={t("activity_id")}>
            <span class="hash">
              <span class="mono">{requestId}</span>
              <IconButton
                icon="copy"
                label={t("activity_copy_id", requestId)}
                onClick={() => void copyText(requestId)}
              />
            </span>
          </Fact>
        )}
      </dl>
    </Details>
  );
}

const bytes = (many: number | null) => (many === null ? t("activity_unknown") : sizeInFull(many));
