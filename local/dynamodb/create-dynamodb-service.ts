import type { AwsRequest, Service } from "../service.ts";
import { answer, errorAnswer } from "./answer.ts";
import { FailedRun, openDatabase } from "./database.ts";
import { validationError } from "./errors.ts";
import { openIdempotencyTokens } from "./idempotency-tokens.ts";
import type { TableOptions } from "./open-store.ts";
import { operationOf, planRequest } from "./plan-request.ts";
import { readInput } from "./read-input.ts";
import type { Plan } from "./types.ts";

export interface DynamoDbOptions {
  /** A folder of its own; made when missing, kept between runs, and open in one process at a time. */
  dataDir: string;
  accountId: string;
  region: string;
  /** Created at start, on demand and with string keys, when it is not there. */
  table: TableOptions;
  /** Others that are created in the same way. */
  moreTables?: readonly TableOptions[];
}

/** The local DynamoDB: dynalite's operations, with locks, transactions, and the questions for IAM. */
export async function createDynamoDbService(options: DynamoDbOptions): Promise<Service> {
  const database = await openDatabase(options);
  const tokens = await openIdempotencyTokens(database.store.db);
  const plans = new WeakMap<AwsRequest, Plan>();
  const operation = (request: AwsRequest) => operationOf(request.headers["x-amz-target"]);

  const plan = async (request: AwsRequest): Promise<Plan> => {
    const input = await readInput(request.body);
    const { identity, roleArn } = request.caller;
    const made = refusingDepth(() =>
      planRequest(operation(request), input, { database, tokens, caller: `${roleArn}~${identity}` }),
    );
    plans.set(request, made);
    return made;
  };

  return {
    name: "dynamodb",
    operation: (request) => operation(request) ?? "Unknown",
    authorize: async (request) => (await plan(request)).authorizations,
    async handle(request) {
      const { run } = plans.get(request) ?? (await plan(request));
      const result = await run().catch((error) => {
        throw error instanceof FailedRun ? error.cause : error;
      });
      return answer(200, result, request.requestId);
    },
    renderError: (error, { requestId }) => errorAnswer(error, requestId),
    close: () => database.close(),
  };
}

/** A request nested so deeply that the recursion over it ends is refused, not a fault of the server. */
function refusingDepth<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw validationError("Nesting Levels have exceeded supported limits");
    throw error;
  }
}
