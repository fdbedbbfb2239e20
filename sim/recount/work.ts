import type { Figures } from './calls.ts';
import type { OperationLine } from './lines.ts';

/** Operation types of 12.3.8.12. */
const TYPE = { signOut: 0, signIn: 1, idle: 2, busy: 3, threeParty: 10, toFlow: 13, playing: 22, rest: 26, wrapUp: 27, hold: 38, help: 40, internal: 41, moveInside: 45, moveOut: 46 } as const;

/** From and up to a second that is not in it any more. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const quotient = (sum: number, times: number): string => String(times === 0 ? 0 : Math.round(sum / times));

/** What one agent did in a period. It lasts as long as it lies within, counts where it ends, and is averaged there with all of its length. */
export function countWork(lines: readonly OperationLine[], { from, to }: Period): Figures {
  const inside = (one: { readonly from: number; readonly to: number }): number => Math.max(0, Math.min(one.to, to) - Math.max(one.from, from));
  const ended = (of: readonly OperationLine[]): readonly OperationLine[] => of.filter((line) => line.to >= from && line.to < to);
  const mean = (of: readonly OperationLine[]): string => quotient(of.reduce((sum, line) => sum + line.to - line.from, 0), of.length);
  const lasts = (of: readonly { readonly from: number; readonly to: number }[]): number => of.reduce((sum, one) => sum + inside(one), 0);
  const of = (type: number): readonly OperationLine[] => lines.filter((line) => line.type === type);
  const wrapUps = of(TYPE.wrapUp);
  // Whoever asks for it has it after no call.
  const automatic = wrapUps.filter(({ call }) => call !== '');
  const asked = wrapUps.filter(({ call }) => call === '');
  const after = (isIn: boolean): readonly OperationLine[] => automatic.filter(({ way }) => (isIn ? way === 'Incoming' : way === 'Outgoing' || way === 'Outbound'));
  const signOuts = new Map(of(TYPE.signOut).map((line) => [line.session, line.to]));
  const sessions = of(TYPE.signIn).map((line) => ({ from: line.from, to: signOuts.get(line.session) ?? to }));
  const both = (name: string, those: readonly OperationLine[], isAveraged = true): Record<string, string> => ({
    [`IDX_COUNT_AGENT_${name}`]: String(ended(those).length),
    [`IDX_DURATION_AGENT_${name}`]: String(lasts(those)),
    ...(isAveraged ? { [`IDX_DURATION_AGENT_AVG_${name}`]: mean(ended(those)) } : {}),
  });
  const count = (name: string, type: number): Record<string, string> => ({ [`IDX_COUNT_AGENT_${name}`]: String(ended(of(type)).length) });
  return {
    ...count('SIGN_IN', TYPE.signIn), ...count('MOVE_INSIDE', TYPE.moveInside), ...count('MOVE_OUT', TYPE.moveOut), ...count('MOVE_IVR', TYPE.toFlow),
    ...count('3WC', TYPE.threeParty), ...count('INSIDE_CALL', TYPE.internal), ...count('INSIDE_HELP_SEEKING', TYPE.help),
    ...both('COLLATION', automatic), ...both('COLLATION_CALL_IN', after(true)), ...both('COLLATION_CALL_OUT', after(false)),
    ...both('REST', of(TYPE.rest)), ...both('HOLD', of(TYPE.hold)), ...both('SET_BUSY', of(TYPE.busy)), ...both('ARRANGE', asked, false), ...both('PLAY', of(TYPE.playing), false),
    IDX_DURATION_AGENT_SIGN_IN: String(lasts(sessions)),
    IDX_DURATION_AGENT_FREE: String(lasts(of(TYPE.idle))),
  };
}
