import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { TSchema } from 'typebox';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import { doAtDesk, findDesk, useDesk, type DeskNow } from '../desk/desk.ts';
import { useSession } from '../session/session.ts';

/** Whether whoever looks can act as an inspector from this page, and if not, why. */
export type OwnDesk = { readonly may: true } | { readonly may: false; readonly why: 'noAgent' | 'notAtDesk' | 'elsewhere' | 'unknown' };

/** The inspector's own desk, which is taken up again where this browser has begun it. */
export function useOwnDesk(): OwnDesk {
  const { workNo } = useSession();
  const { standing, isSignedInElsewhere } = useDesk();
  useEffect(() => { if (workNo !== null && standing === 'unknown') void findDesk(); }, [workNo, standing]);
  if (workNo === null) return { may: false, why: 'noAgent' };
  if (standing === 'open') return { may: true };
  if (standing === 'unknown' || standing === 'opening') return { may: false, why: 'unknown' };
  return { may: false, why: standing === 'elsewhere' || isSignedInElsewhere ? 'elsewhere' : 'notAtDesk' };
}

/** Whom the inspector is with, how, and whether the inspector's own phone is still ringing for it. */
export function useInspection(): NonNullable<DeskNow['inspects']> & { readonly isCalling: boolean } | undefined {
  const { now } = useDesk();
  return now?.inspects == null ? undefined : { ...now.inspects, isCalling: now.agent.state === 'called' };
}

/** Does something as an agent of the centre, by an operation of its gateway. */
export const useDoing = <Parts extends OperationParts, R extends TSchema>(
  op: Operation<Parts, R>,
): UseMutationResult<Result<Operation<Parts, R>>, unknown, Omit<Input<Operation<Parts, R>>, 'agentid'>> => useMutation({ mutationFn: (input) => doAtDesk(op, input) });
