import type { ComponentChildren } from "preact";

interface FactProps {
  label: ComponentChildren;
  /** In the face of keys, hosts and addresses. */
  mono?: boolean;
  children: ComponentChildren;
}

/** A line of `<dl class="facts">`. */
export function Fact({ label, mono = false, children }: FactProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class={mono ? "mono" : undefined}>{children}</dd>
    </div>
  );
}
