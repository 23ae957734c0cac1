/** Keys of profiles in `storage.local`. */
export const profileKey = (id: string) => `profile/${id}`;
/** The host whose link a profile came by. */
export const fromKey = (id: string) => `profileFrom/${id}`;
/** Id of the profile that is shown. */
export const activeKey = "activeProfile";
/** Ids of the profiles that the policy named when it was last read. */
export const knownKey = "managedProfiles";
