import type { RoleChoice } from "../../messaging/session-protocol.ts";
import { shortRole } from "./short-role.ts";

interface RoleRowProps {
  role: RoleChoice;
  index: number;
  /** How many there are in the list, for readers: most of a long list are not in the document. */
  of: number;
  /** Pixels from the top of a list that shows only what is in sight; null where all are there. */
  top: number | null;
  /** "Last used", "In use"; null for all others. */
  mark: string | null;
  tabbable: boolean;
  /** One is being asked for: this one (`asked`) or another. */
  busy: "asked" | "other" | null;
  onActive: () => void;
  onChoose: () => void;
}

/** One role, as a button: what it is called, what it is for, and what AWS calls it. */
export function RoleRow({ role, index, of, top, mark, tabbable, busy, onActive, onChoose }: RoleRowProps) {
  return (
    <li style={top === null ? undefined : { top: `${top}px` }} aria-posinset={index + 1} aria-setsize={of}>
      <button
        type="button"
        class="role"
        title={role.arn}
        tabIndex={tabbable ? 0 : -1}
        data-index={index}
        // `disabled` would drop the focus while AWS is asked.
        aria-disabled={busy !== null || undefined}
        aria-busy={busy === "asked" || undefined}
        onFocus={onActive}
        onClick={() => busy === null && onChoose()}
      >
        <span class="role-head">
          <bdi class="role-name">{role.name}</bdi>
          {mark !== null && <span class="role-mark">{mark}</span>}
        </span>
        {role.description && <bdi class="role-text">{role.description}</bdi>}
        <bdi class="role-arn mono">{shortRole(role.arn)}</bdi>
      </button>
    </li>
  );
}
