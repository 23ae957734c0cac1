import type { Storage } from "../aws/create-storage.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Owner } from "./owner.ts";
import type { Services } from "./services.ts";

/**
 * The owner that a command is for: a click that comes after a switch would land in the wrong place.
 * @param profile the one that the page showed
 * @throws HoldallError `profile-not-active`, `signed-out`
 */
export async function ownerFor(services: Pick<Services, "view" | "owner">, profile: string): Promise<Owner> {
  const shown = await ownerOrNobody(services, profile);
  if (shown === null) throw new HoldallError("signed-out");
  return shown;
}

/**
 * The same for what also works signed out: null then.
 * @throws HoldallError `profile-not-active`
 */
export async function ownerOrNobody(
  { view, owner }: Pick<Services, "view" | "owner">,
  profile: string,
): Promise<Owner | null> {
  if (view.current().activeProfile !== profile) throw new HoldallError("profile-not-active");
  return await owner();
}

/**
 * Does something for the shown owner. An answer that comes after a sign-out, or after somebody else's sign-in, is dropped.
 * @throws HoldallError `profile-not-active`, `signed-out`, and what `work` throws
 */
export async function forOwner<T>(
  services: Pick<Services, "view" | "owner" | "sessions">,
  profile: string,
  work: (owner: Owner) => Promise<T>,
): Promise<T> {
  const owner = await ownerFor(services, profile);
  const generation = await services.sessions.generation(profile);
  const answer = await work(owner);
  if ((await services.sessions.generation(profile)) !== generation) throw new HoldallError("signed-out");
  return answer;
}

/** The same with the owner's storage. */
export async function asOwner<T>(
  services: Pick<Services, "view" | "owner" | "sessions" | "storages">,
  profile: string,
  work: (storage: Storage, owner: Owner) => Promise<T>,
): Promise<T> {
  return await forOwner(services, profile, async (owner) => await work(await services.storages.of(owner), owner));
}
