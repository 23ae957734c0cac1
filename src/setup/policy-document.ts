/** A policy as IAM reads it. Only what setup writes: every statement names its actions and, where it needs one, its resource. */
export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: PolicyStatement[];
}

export interface PolicyStatement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | { Federated: string };
  Action: string | string[];
  Resource?: string | string[];
  /** Operator → condition key → values. */
  Condition?: Record<string, Record<string, string | string[]>>;
}
