import { AwsError } from "../service.ts";

/** Cognito answers 400 to everything but its own failures. (Amazon Cognito Federated Identities API reference.) */
export function cognitoError(code: string, message: string): AwsError {
  return new AwsError(code, 400, message);
}

export const notAuthorized = (message: string) => cognitoError("NotAuthorizedException", message);

/** What Cognito says of a login's token; every one of its sentences begins so. */
export const invalidLogin = (message: string) => notAuthorized(`Invalid login token. ${message}`);
