/** What a peer is pointed at: the table that Holdall uses too, with the credentials that Holdall got. */
export interface Target {
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  region: string;
  endpoint: string;
  table: string;
  key(sortKey: string): Record<string, { S: string }>;
}
