/**
 * Where a request goes, in place of the SDK's rules: those know access points, outposts, directory buckets, FIPS and account
 * endpoints, none of which a profile can ask for, and weigh 11 KB after gzip. build/sdk-endpoints.mjs puts these functions in
 * their place; a test compares both.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
 */

/** What the SDK's rules are asked with, as far as it matters here. */
export interface EndpointParameters {
  Region?: string | undefined;
  /** In place of AWS's own. A URL of `http:` or `https:`, without query. */
  Endpoint?: string | undefined;
  /** S3 only; absent in requests that name no bucket. */
  Bucket?: string | undefined;
  ForcePathStyle?: boolean | undefined;
}

/** The SDK's EndpointV2. */
export interface Endpoint {
  url: URL;
  properties: { authSchemes?: object[] };
  headers: Record<string, string[]>;
}

/** AWS's partitions by the regions' beginnings; all others belong to `amazonaws.com`. */
const suffixes: readonly [region: RegExp, suffix: string][] = [
  [/^cn-/, "amazonaws.com.cn"],
  [/^eusc-/, "amazonaws.eu"],
  [/^us-iso-/, "c2s.ic.gov"],
  [/^us-isob-/, "sc2s.sgov.gov"],
  [/^us-isof-/, "csp.hci.ic.gov"],
  [/^eu-isoe-/, "cloud.adc-e.uk"],
];

function awsHost(service: string, region: string): string {
  const suffix = suffixes.find(([pattern]) => pattern.test(region))?.[1] ?? "amazonaws.com";
  return `https://${service}.${region}.${suffix}`;
}

/** @throws TypeError when there is no region, or the endpoint is no URL */
export function dynamoDbEndpoint({ Endpoint: custom, Region }: EndpointParameters): Endpoint {
  return { url: new URL(custom ?? awsHost("dynamodb", regionOf(Region))), properties: {}, headers: {} };
}

/** The regional one. @throws TypeError when there is no region, or the endpoint is no URL */
export function stsEndpoint({ Endpoint: custom, Region }: EndpointParameters): Endpoint {
  return { url: new URL(custom ?? awsHost("sts", regionOf(Region))), properties: {}, headers: {} };
}

/**
 * S3's, with the bucket in front of the host where that is possible, else as the first segment of the path.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 * @throws TypeError when there is no region, or the endpoint is no URL
 */
export function s3Endpoint({ Bucket, Endpoint: custom, ForcePathStyle, Region }: EndpointParameters): Endpoint {
  const region = regionOf(Region);
  const url = new URL(custom ?? awsHost("s3", region));
  const signing = { disableDoubleEncoding: true, name: "sigv4", signingName: "s3", signingRegion: region };
  const properties = { authSchemes: [signing] };
  if (Bucket === undefined) return { url, properties, headers: {} };
  const dotted = custom !== undefined && url.protocol === "http:";
  if (ForcePathStyle !== true && !isIpAddress(url.hostname) && canBeHost(Bucket, dotted)) {
    url.hostname = `${Bucket}.${url.hostname}`;
  } else {
    url.pathname = `${url.pathname.replace(/\/$/, "")}/${encodeURIComponent(Bucket)}`;
  }
  return { url, properties, headers: {} };
}

function regionOf(region: string | undefined): string {
  if (region === undefined) throw new TypeError("a region is needed");
  return region;
}

/** @param dotted dots are harmless where no certificate has to match */
function canBeHost(bucket: string, dotted: boolean): boolean {
  const labels = dotted ? bucket.split(".") : [bucket];
  return labels.every((label) => /^[a-z\d](?:[a-z\d-]{1,61})[a-z\d]$/.test(label));
}

function isIpAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(hostname);
}
