import { type IconName, iconPaths } from "./icon-paths.ts";

/** An icon of the set in the text's colour. With `label` it is a picture with a name, without it is hidden from readers. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  const naming =
    label === undefined ? ({ "aria-hidden": true } as const) : ({ role: "img", "aria-label": label } as const);
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" {...naming}>
      <path d={iconPaths[name]} />
    </svg>
  );
}
