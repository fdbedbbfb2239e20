import type { TSchema } from 'typebox';
import type { Context, Handler } from '@parley/contract/handler.ts';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import type { Refusal } from '@parley/contract/refusal.ts';

/** Calls an operation as a request would, without the network: what Parley sets up by itself goes the way of every user. */
export type Perform = <Parts extends OperationParts, R extends TSchema>(
  op: Operation<Parts, R>, vdnId: number, input: Input<Operation<Parts, R>>,
) => Promise<Result<Operation<Parts, R>> | Refusal>;

export interface Performing {
  readonly handlers: () => readonly Handler[];
  readonly clock: () => number;
  /** As whom, for the audit trail. */
  readonly actor: string;
}

export function createPerform({ handlers, clock, actor }: Performing): Perform {
  return async <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, vdnId: number, input: Input<Operation<Parts, R>>) => {
    const handler = handlers().find((candidate) => candidate.op === op);
    if (handler === undefined) throw new Error(`${op.id} is not served`);
    const context: Context = {
      caller: { scheme: 'none', vdnId, actor, global: true }, vdnId, by: { actor, source: 'parley', operation: op.id },
      requestId: actor, source: 'parley', now: clock(), secure: false, gone: new AbortController().signal, onSent: () => undefined, requestHeader: () => undefined,
      header: () => undefined,
    };
    return handler.run(input as Record<string, unknown>, context) as Promise<Result<Operation<Parts, R>> | Refusal>;
  };
}
