import { t } from "../../platform/i18n.ts";
import { IconButton } from "../../ui/button.tsx";
import { captureIcon, captureKindName } from "../../ui/captures/capture-kind.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { captureOrders } from "../../ui/captures/capture-orders.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Standing } from "./standing.ts";
import type { Taking } from "./taking.ts";

interface CardHeadProps {
  now: Taking;
  standing: Standing;
  onClose: () => void;
}

/** What is captured, and the way to think better of it. */
export function CardHead({ now: { kind, page }, standing, onClose }: CardHeadProps) {
  const name = captureName(page);
  return (
    <div class="card-head">
      <Icon name={captureIcon(kind)} label={captureKindName(kind)} />
      <h2 class="clip grow" title={page.title}>
        <bdi>{name}</bdi>
      </h2>
      {standing.at === "pending" && (
        <IconButton
          icon="trash"
          label={t("capture_discard", name)}
          onClick={async () => {
            if (await captureOrders.discard(standing.capture)) onClose();
          }}
        />
      )}
    </div>
  );
}
