import { operation } from '../operation.ts';
import { list, object, text, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { agentIds as agentsUpTo, indexIds, media, skillIds } from './history.ts';
import { inVdn, OPENAPI, scopeErrors, single } from './parts.ts';

/* 12.3.2.6 to 12.3.2.9: figures of days and of months together. */

const MOST_AGENTS = 1000;

/** No section says how far back; it is as much as a year. */
export const MOST_DAYS = 366;
export const MOST_MONTHS = 12;

const days = {
  beginDayTime: word('When it begins, by the clock of the tenant: `2020-08-21 00:00:00`, or the day alone.', { max: 19 }),
  endDayTime: word(`When it is over, which is not in it any more, unless it is the last second of a day; at most ${MOST_DAYS} days later.`, { max: 19 }),
} as const;

const months = {
  beginMonthTime: word('The first month, in the zone of the tenant, such as `202007`.', { max: 7 }),
  endMonthTime: word(`The last month, with which there are at most ${MOST_MONTHS}.`, { max: 7 }),
} as const;

const agentIds = agentsUpTo(MOST_AGENTS);

const figuresOf = (id: string) => list(object({
  id: text(id),
  idxs: list(object({ id: text('Code of the indicator, as it was asked for.'), val: text('The figure.') }), 'The figures.'),
}), 'Figures of each that was asked for.');

const common = {
  family: monitoring, tag: 'Figures', envelope: single, method: 'POST', auth: 'C2', errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
} as const;

const SKILL_CODES = 'Codes of Table 12-686, and the columns of Table 12-688, which have no meaning here and stand at 0.';
const AGENT_CODES = 'Codes of Table 12-689, and the columns of Table 12-691, which have no meaning here and stand at 0.';
const WHOLE = 'Averages and shares are those of all that there was in it, not of the days\'.';

const answered = (id: string, one: readonly [string, string], other: readonly [string, string]) => ({
  resultCode: '0100000', resultDesc: [{ id, idxs: [one, other].map(([code, val]) => ({ id: code, val })) }],
});

export const cmsHisIndexSkillForDay = operation({
  ...common, id: 'cmsHisIndexSkillForDay', section: '12.3.2.6', path: `${OPENAPI}/hisindex/skillforday`,
  summary: 'Count what queues did in some days', description: `${SKILL_CODES} ${WHOLE}`,
  request: { body: object({ ...inVdn, skillIds, indexIds, ...days, ...media }) },
  result: figuresOf('Id of the queue.'),
  examples: [{
    request: {
      ccid: 1, vdn: 4, skillIds: [11], indexIds: ['IDX_DURATION_SKILL_AVG_ABANDON_ACK', 'IDX_COUNT_SKILL_REQUEST'],
      beginDayTime: '2020-08-21 00:00:00', endDayTime: '2020-08-22 00:00:00', mediaType: 53, subMediaType: 3,
    },
    response: answered('11', ['IDX_DURATION_SKILL_AVG_ABANDON_ACK', '35'], ['IDX_COUNT_SKILL_REQUEST', '3']),
  }],
});

export const cmsHisIndexSkillForMonth = operation({
  ...common, id: 'cmsHisIndexSkillForMonth', section: '12.3.2.7', path: `${OPENAPI}/hisindex/skillformonth`,
  summary: 'Count what queues did in some months', description: `${SKILL_CODES} ${WHOLE}`,
  request: { body: object({ ...inVdn, skillIds, indexIds, ...months, ...media }) },
  result: figuresOf('Id of the queue.'),
  examples: [{
    request: {
      ccId: 1, vdn: 4, skillIds: [11], indexIds: ['IDX_DURATION_SKILL_AVG_ABANDON_ACK', 'IDX_COUNT_SKILL_REQUEST'],
      beginMonthTime: '202007', endMonthTime: '202008', mediaType: 53, subMediaType: 3,
    },
    response: answered('11', ['IDX_DURATION_SKILL_AVG_ABANDON_ACK', '35'], ['IDX_COUNT_SKILL_REQUEST', '3']),
  }],
});

export const cmsHisIndexAgentForDay = operation({
  ...common, id: 'cmsHisIndexAgentForDay', section: '12.3.2.8', path: `${OPENAPI}/hisindex/agentforday`,
  summary: 'Count what agents did in some days', description: `${AGENT_CODES} ${WHOLE}`,
  request: { body: object({ ...inVdn, agentIds, indexIds, ...days, ...media }) },
  result: figuresOf('Work number of the agent.'),
  examples: [{
    request: {
      ccld: 1, vdn: 4, agentIds: [11], indexIds: ['IDX_DURATION_AGENT_REST', 'IDX_COUNT_AGENT_REQUEST'],
      beginDayTime: '2020-08-21 00:00:00', endDayTime: '2020-08-22 00:00:00', mediaType: 53, subMediaType: 3,
    },
    response: answered('11', ['IDX_DURATION_AGENT_REST', '35'], ['IDX_COUNT_AGENT_REQUEST', '3']),
  }],
});

export const cmsHisIndexAgentForMonth = operation({
  ...common, id: 'cmsHisIndexAgentForMonth', section: '12.3.2.9', path: `${OPENAPI}/hisindex/agentformonth`,
  summary: 'Count what agents did in some months', description: `${AGENT_CODES} ${WHOLE}`,
  request: { body: object({ ...inVdn, agentIds, indexIds, ...months, ...media }) },
  result: figuresOf('Work number of the agent.'),
  examples: [{
    request: {
      ccld: 1, vdn: 4, agentIds: [11], indexIds: ['IDX_DURATION_AGENT_REST', 'IDX_COUNT_AGENT_REQUEST'],
      beginMonthTime: '202007', endMonthTime: '202008', mediaType: 53, subMediaType: 3,
    },
    response: answered('11', ['IDX_DURATION_AGENT_REST', '35'], ['IDX_COUNT_AGENT_REQUEST', '3']),
  }],
});
