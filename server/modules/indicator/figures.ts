import { WITHIN } from '@parley/core/indicator/measure.ts';
import { INBOUND_TYPES, OUTBOUND_TYPES } from '@parley/core/records/call-type.ts';

/** How a measure of parts becomes that of the whole. */
export type Fold = 'sum' | 'max' | 'min';

export interface Measure {
  readonly fold: Fold;
  /** What it is of the rows of `call_segment` (`s`), or of the parts of what agents did (`o`). */
  readonly sql: string;
}

export type MeasuresOf = Readonly<Record<string, Measure>>;

/** Rows of figures of one kind of thing. */
export interface Kept {
  readonly table: 'skill_figure' | 'agent_figure' | 'vdn_figure' | 'flow_figure' | 'agent_work_figure';
  readonly measures: MeasuresOf;
}

/** Figures that are made of the rows of calls. */
export interface Figures extends Kept {
  /** Whose figures a row goes to. */
  readonly object: string;
  /** The rows that go to somebody at all. */
  readonly where: string;
}

export const times = (condition: string): Measure => ({ fold: 'sum', sql: `count(*) filter (where ${condition})` });
export const sumOf = (expression: string, condition: string): Measure => ({ fold: 'sum', sql: `coalesce(sum(${expression}) filter (where ${condition}), 0)` });
export const extreme = (fold: 'max' | 'min', expression: string, condition: string): Measure => ({ fold, sql: `${fold}(${expression}) filter (where ${condition})` });
export const withinEach = (name: string, expression: string, condition: string, spans: readonly number[] = WITHIN): MeasuresOf =>
  Object.fromEntries(spans.map((seconds) => [`${name}_${seconds}`, times(`${condition} and ${expression} <= ${seconds}`)]));

/* The kinds of rows, as domain and reference speak of them. */
export const INBOUND = `s.feature in (${INBOUND_TYPES.join(', ')})`;
export const OUTBOUND = `s.feature in (${OUTBOUND_TYPES.join(', ')})`;
export const AGENT = 's.device = \'agent\'';
/** Also the line of one agent alone: on the wire they are one kind of device. */
export const QUEUE = 's.device in (\'queue\', \'agentQueue\')';
export const FLOW_ROW = 's.device = \'flow\'';
export const TALKED = 's.talk_s > 0';
/** Somebody is asked for: an agent is rung, or the call ends while it waits. */
export const REQUEST = `(${AGENT} or (${QUEUE} and s.is_last))`;
export const CONNECTED = `(${AGENT} and ${TALKED})`;
export const LOST = `(${REQUEST} and not ${CONNECTED})`;
export const UNANSWERED = `(${AGENT} and not ${TALKED})`;
/** 12.3.8.9. */
export const BY_USER = 's.leave_reason = 15';
export const BY_AGENT = 's.leave_reason in (16, 50)';
export const TOO_LONG = 's.leave_reason = 5';
export const WAITED = `s.queued_s + case when ${AGENT} then s.ack_s else 0 end`;
