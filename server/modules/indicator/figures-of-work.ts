import { OPERATION } from '@parley/core/operations/operation.ts';
import { sumOf, times, type Kept, type Measure, type MeasuresOf } from './figures.ts';

/* What agents did (12.3.8.12) in five minutes: parts of operations (`o`), of which the last one has the end; what goes on has none yet. */

/** How long an agent was signed in, as a type beside those of the operations. */
export const SESSION = -1;

const of = (type: number, more = ''): string => `o.type = ${type}${more}`;
const ended = (condition: string): Measure => times(`${condition} and o.has_end`);
const lasted = (condition: string): Measure => sumOf('o.part_s', condition);
const both = (name: string, condition: string): MeasuresOf => ({ [name]: ended(condition), [`${name}_s`]: lasted(condition) });
/** With how long those were, from their beginnings, that have ended: what averages are made of. */
const averaged = (name: string, condition: string): MeasuresOf => ({ ...both(name, condition), [`${name}_ended_s`]: sumOf('o.whole_s', `${condition} and o.has_end`) });

/** Whoever asks for it has it after no call, as the bills show it. */
const AUTOMATIC = of(OPERATION.wrapUp, ' and o.has_call');

export const AGENT_WORK: Kept = {
  table: 'agent_work_figure',
  measures: {
    sign_ins: ended(of(OPERATION.signIn)),
    sign_in_s: lasted(of(SESSION)),
    idle_s: lasted(of(OPERATION.idle)),
    ...averaged('busy', of(OPERATION.busy)),
    ...averaged('rest', of(OPERATION.rest)),
    ...averaged('hold', of(OPERATION.hold)),
    ...averaged('wrap_up', AUTOMATIC),
    ...averaged('wrap_up_in', `${AUTOMATIC} and o.direction = 'in'`),
    ...averaged('wrap_up_out', `${AUTOMATIC} and o.direction = 'out'`),
    ...both('arranged', of(OPERATION.wrapUp, ' and not o.has_call')),
    ...both('playing', of(OPERATION.playing)),
    moves_inside: ended(of(OPERATION.transferInside)),
    moves_out: ended(of(OPERATION.transferOut)),
    moves_to_flow: ended(of(OPERATION.suspended)),
    three_parties: ended(of(OPERATION.threeParty)),
    internal_calls: ended(of(OPERATION.internalCall)),
    helps: ended(of(OPERATION.help)),
  },
};
