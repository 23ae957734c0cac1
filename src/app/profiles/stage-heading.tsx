import { useEffect, useRef } from "preact/hooks";

/** The heading of a step. It takes the focus when the step comes: what is read next is the step, and Enter presses nothing. */
export function StageHeading({ text, focus = true }: { text: string; focus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} class="stage-heading">
      {text}
    </h2>
  );
}
