import { signal } from "@preact/signals";
import { currentOwner, type Owner } from "./owner.ts";

/** Whose role is being changed: the dialog is there while this is set. */
export const changingRole = signal<Owner | null>(null);

export function changeRole(owner: Owner): void {
  changingRole.value = owner;
}

currentOwner.subscribe(() => {
  changingRole.value = null;
});
