import { type IconName, iconPaths } from "./icon-paths.ts";

/** An icon of the set in the text's colour. With `label` it is a picture with a name, without it is hidden from readers. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  const path = <path d={iconPaths[name]} />;
  const box = { class: "icon", width: 16, height: 16, viewBox: "0 0 16 16" };
  if (label === undefined) {
    return (
      <svg {...box} aria-hidden="true">
        {path}
      </svg>
    );
  }
  return (
    <svg {...box} role="img">
      <title>{label}</title>
      {path}
    </svg>
  );
}
