import { operation } from '../operation.ts';
import { flag, integer, list, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

/* The indicators of 12.3.8.1 for the console. */

export const FIGURE_SUBJECTS = ['queue', 'agent', 'tenant', 'flow'] as const;
export const FIGURE_PARTS = ['15MIN', '30MIN', '60MIN', 'day'] as const;
/** Of figures in one answer. */
export const MOST_FIGURES = 100_000;
const MOST_THINGS = 1000;
const MOST_CODES = 200;

const subject = oneOf(FIGURE_SUBJECTS, 'Whose figures: skill queues (Table 12-686), agents (12-689), the tenant (12-692) or IVR flows (12-694).');
const values = list(text('A figure: a number, a share in per cent, or a time in seconds.'), 'The figures, in the order of `codes`.', { max: MOST_CODES });

export const listIndicators = operation({
  id: 'listIndicators', family: admin, tag: 'Figures',
  method: 'GET', path: `${ADMIN}/indicators`, auth: 'session', permission: 'tenant.own',
  summary: 'List the indicators that there are',
  request: { query: object({ of: optional(subject) }) },
  result: object({
    indicators: list(object({
      of: subject,
      code: text('Its code (12.3.8.1).'),
      settled: flag('Whether it is counted every five minutes; else up to the second.'),
      inParts: flag('Whether it can be told by parts of a day.'),
      whole: flag('Whether it can be told of the whole.'),
    }), 'The indicators.'),
    timeZone: text('Zone of the tenant, in which its days are cut, such as Europe/Berlin.'),
  }),
  errors: [errors.forbidden],
  examples: [{
    request: { of: 'queue' },
    response: { indicators: [{ of: 'queue', code: 'IDX_COUNT_SKILL_REQUEST', settled: false, inParts: true, whole: true }], timeZone: 'Europe/Berlin' },
  }],
});

export const listFigures = operation({
  id: 'listFigures', family: admin, tag: 'Figures',
  method: 'GET', path: `${ADMIN}/figures/{of}`, auth: 'session', permission: 'tenant.own',
  summary: 'Count what queues, agents, flows or the tenant did',
  description: 'The indicators of 12.3.2 as they are told there, for any span of up to a year: by day (in the zone of the tenant), by quarters of an hour and their multiples, or all of it together. Averages '
    + `and shares are those of all that there was, never of averages. At most ${MOST_FIGURES} figures at once. The account of an agent sees the figures of that agent.`,
  request: {
    path: object({ of: subject }),
    query: object({
      codes: word('Codes of indicators (12.3.8.1), separated by commas; `listIndicators` names them.', { max: 8000 }),
      ids: optional(text('Ids of the queues or flows, or work numbers of the agents, separated by commas; all unless told.', { max: 6000, pattern: '^[0-9]{1,9}(,[0-9]{1,9})*$' })),
      from: optional(timestamp('From when on; from the beginning of today in the zone of the tenant unless told.')),
      to: optional(timestamp('Up to when; up to the end of today unless told.')),
      parts: optional(oneOf(FIGURE_PARTS, 'By which parts; all together unless told.')),
      media: optional(integer('Media type of Table 12-695; all unless told.')),
    }),
  },
  result: object({
    codes: list(text('Code of an indicator.'), 'The indicators, as they were asked for.', { max: MOST_CODES }),
    from: timestamp('From when on.'),
    to: timestamp('Up to when.'),
    figures: list(object({
      id: integer('Id of the queue or flow, work number of the agent, or id of the tenant.'),
      name: text('Its name; empty where it has none.'),
      parts: list(object({ at: timestamp('When the part began.'), values }), 'By parts: those in which there is something to count; else one.', { max: MOST_FIGURES }),
    }), 'The figures of each.', { max: MOST_THINGS }),
  }),
  errors: [errors.forbidden],
  examples: [{
    request: { of: 'queue', codes: 'IDX_COUNT_SKILL_REQUEST,IDX_RATE_SKILL_CONNECTED', ids: '5', parts: '60MIN' },
    response: {
      codes: ['IDX_COUNT_SKILL_REQUEST', 'IDX_RATE_SKILL_CONNECTED'], from: 1_789_941_600_000, to: 1_790_028_000_000,
      figures: [{ id: 5, name: 'sales', parts: [{ at: 1_789_999_200_000, values: ['2', '50.00'] }] }],
    },
  }],
});
