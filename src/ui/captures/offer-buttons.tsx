import type { CaptureOffer, PendingCapture } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { patternsOf, requestHosts } from "../../platform/permissions.ts";
import { Button } from "../button.tsx";
import { captureOrders } from "./capture-orders.ts";

/** What the person may do about a capture that did not work. */
export function OfferButtons({ capture }: { capture: PendingCapture }) {
  if (capture.offers.length === 0) return null;
  return (
    <div class="buttons">
      {capture.offers.map((offer) => (
        <OfferButton key={offer} offer={offer} capture={capture} />
      ))}
    </div>
  );
}

function OfferButton({ offer, capture: { id, error } }: { offer: CaptureOffer; capture: PendingCapture }) {
  const host = error?.facts.subs?.[0] ?? "";
  switch (offer) {
    case "retry":
      return (
        <Button icon="refresh" onClick={() => captureOrders.retry(id)}>
          {t("retry")}
        </Button>
      );
    case "allow-host":
      // The browser's question has to be asked in the click itself.
      return (
        <Button onClick={() => void requestHosts(patternsOf(host)).then((held) => held && captureOrders.retry(id))}>
          {t("allow_host", host)}
        </Button>
      );
    case "allow-address":
      return <Button onClick={() => captureOrders.allowAddress(id)}>{t("capture_allow_address")}</Button>;
    case "save-link":
      return (
        <Button icon="bookmark" onClick={() => captureOrders.saveLink(id)}>
          {t("capture_save_link")}
        </Button>
      );
  }
}
