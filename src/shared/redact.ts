/**
 * Takes out of a text what looks like a secret: JWTs, AWS keys and session tokens, signatures, OAuth parameters.
 * A second line of defence: secrets do not belong into texts in the first place.
 */
const patterns: [RegExp, string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, "[jwt]"],
  [/\b(?:ASIA|AKIA)[A-Z0-9]{12,}\b/g, "[access key]"],
  // A canonical request, which AWS repeats when a signature is refused.
  [/\b(x-amz-security-token):[^\s"'\\]+/gi, "$1:[hidden]"],
  // What session tokens of STS begin with.
  [/\b(?:IQoJ|FwoG|FQoG)[\w+/=%-]{40,}/g, "[session token]"],
  [/\b(X-Amz-(?:Signature|Security-Token|Credential))=[^&\s"']+/gi, "$1=[hidden]"],
  [
    /\b(code|state|nonce|code_verifier|refresh_token|access_token|id_token|id_token_hint|token)=[^&\s"'#]+/gi,
    "$1=[hidden]",
  ],
  [/\b(Bearer|Signature=)\s*[\w.~+/=-]{8,}/gi, "$1[hidden]"],
];

export function redact(text: string): string {
  return patterns.reduce((out, [pattern, replacement]) => out.replace(pattern, replacement), text);
}
