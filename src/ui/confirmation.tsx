import { t } from "../platform/i18n.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { question } from "./state/confirmation.ts";

/** Where `confirmed` asks: once per page. */
export function ConfirmationHost() {
  const ask = question.value;
  if (ask === null) return null;
  return (
    <Dialog title={ask.title} onClose={() => ask.answer(false)}>
      {ask.list && (
        <ul class="dialog-list">
          {ask.list.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p>{ask.text}</p>
      <div class="buttons end">
        <Button onClick={() => ask.answer(false)}>{ask.keep ?? t("cancel")}</Button>
        <Button kind="danger" onClick={() => ask.answer(true)}>
          {ask.verb}
        </Button>
      </div>
    </Dialog>
  );
}
