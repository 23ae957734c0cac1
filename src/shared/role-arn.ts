/** The ARN of an IAM role, with its path. (IAM User Guide, "IAM identifiers".) */
export const roleArnForm = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/;
