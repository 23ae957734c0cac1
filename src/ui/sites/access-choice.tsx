import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import type { SiteAccess } from "../../shared/site/site-grant.ts";
import { Icon } from "../icon.tsx";
import { accessWord } from "./grant-words.ts";

interface AccessChoiceProps {
  what: "files" | "items";
  value: SiteAccess;
  onChange: (value: SiteAccess) => void;
  /** Which part of them; once there is one. */
  children: ComponentChildren;
}

const all: SiteAccess[] = ["none", "read", "write"];

/** Nothing, read, or read and change, and of which part. */
export function AccessChoice({ what, value, onChange, children }: AccessChoiceProps) {
  const id = useId();
  const label = what === "files" ? t("files") : t("items");
  return (
    <section class="access" aria-label={label}>
      <div class="access-head">
        <span class="label" aria-hidden="true">
          <Icon name={what === "files" ? "folder" : "item"} />
          {label}
        </span>
        <fieldset class="segments">
          <legend class="sr">{label}</legend>
          {all.map((one) => (
            <label key={one} class="segment">
              <input type="radio" name={id} checked={one === value} onChange={() => onChange(one)} />
              <span>{accessWord(one)}</span>
            </label>
          ))}
        </fieldset>
      </div>
      {value !== "none" && <div class="access-part">{children}</div>}
    </section>
  );
}
