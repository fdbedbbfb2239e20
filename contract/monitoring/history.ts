import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { integer, integerOf, list, object, oneOf, optional, text, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { ccId, dual, MAX, OPENAPI, scopeErrors, vdn } from './parts.ts';

/* 12.3.2.1 and 12.3.2.3 to 12.3.2.5: figures of today or of yesterday, by their indicator codes (12.3.8.1). */

const MOST_VDNS = 100;
const MOST_SKILLS = 1000;
const MOST_FLOWS = 500;
const MOST_AGENTS = 100;
const MOST_INDICATORS = 500;

export const historyErrors = scopeErrors;

/** Lengths of the parts of a day. */
export const TIME_GRAINS = ['15MIN', '30MIN', '60MIN'] as const;

export const indexIds = list(word('Code of an indicator.', { max: 80 }), 'What to count (12.3.8.1).', { min: 1, max: MOST_INDICATORS });

export const media = {
  mediaType: optional(integer('Media type of Table 12-695; all unless told.')),
  subMediaType: optional(integer('Kind of the channel of Table 12-696; all unless told.')),
} as const;

const ofToday = {
  timeGrain: optional(oneOf(TIME_GRAINS, 'Parts of the day to count each by itself, in UTC. The whole day in the zone of the tenant unless told.')),
  indexIds, ...media,
  enableOffset: optional(oneOf(['Y', 'N', 'y', 'n'], 'Y: of yesterday instead of today.')),
} as const;

export const skillIds = list(integer('Id of a skill queue.', { min: 1, max: MAX.skill }), 'The queues.', { min: 1, max: MOST_SKILLS, also: ['skilllds'] });
export const agentIds = (max: number) => list(integer('Work number of an agent.', { min: 0, max: MAX.anyAgent }), 'The agents.', { min: 1, max, also: ['agentlds'] });

/** A figure; with `timeGrain` one for each part of the day in which there is something to count, by when that began. */
const indicatorValues = list(object({
  id: text('Code of the indicator, as it was asked for.'),
  val: Type.Union([Type.String(), Type.Record(Type.String(), Type.String())], { description: 'The figure; with `timeGrain`, figures by the time, in UTC, when their part of the day began.' }),
}), 'The figures.');

const figuresOf = (id: string) => list(object({ id: text(id), idxs: indicatorValues }), 'Figures of each that was asked for.');

/** The example's answer, which stands there twice. */
const answered = (id: string, code: string, val: unknown) => {
  const figures = [{ id, idxs: [{ id: code, val }] }];
  return { result: '0', resultCode: '0100000', resultDatas: figures, resultDesc: figures };
};

const common = {
  family: monitoring, tag: 'Figures', envelope: dual, method: 'POST', auth: 'C2', errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
} as const;

export const cmsHisIndexVdn = operation({
  ...common, id: 'cmsHisIndexVdn', section: '12.3.2.1', path: `${OPENAPI}/hisindex/vdn`,
  summary: 'Count what tenants did today',
  description: 'Codes of Table 12-692. A call counts when it is over, a row of it when its device was left, up to this second. It is connected where an agent '
    + 'has answered it, or where a flow was all that it wanted. The called number and whether callers withheld theirs restrict calls that come in alone.',
  request: {
    body: object({
      ccId: optional(ccId), vdnIds: list(vdn, 'The tenants.', { min: 1, max: MOST_VDNS }), ...ofToday,
      anonyCall: optional(integerOf([0, 1], '1: calls whose number was withheld, 0: the others; all unless told.')),
      calleeNo: optional(text('The number that was called; all unless told.', { max: 64 })),
    }),
  },
  result: figuresOf('Id of the tenant.'),
  examples: [{
    request: { cclId: 1, vdnIds: [29], indexIds: ['IDX_COUNT_TOTAL_CALL'], timeGrain: '15MIN', anonyCall: 1, calleeNo: '640001', mediaType: 53, subMediaType: 3 },
    response: answered('29', 'IDX_COUNT_TOTAL_CALL', { '2020-11-11 09:15:00.0': '2', '2020-11-11 10:15:00.0': '1' }),
  }],
});

export const cmsHisIndexIvr = operation({
  ...common, id: 'cmsHisIndexIvr', section: '12.3.2.3', path: `${OPENAPI}/hisindex/ivr`,
  summary: 'Count what flows did today',
  description: 'Codes of Table 12-694, of calls that came in. Each flow is a service of its own, so its number is the flow\'s, as 5.2.10 tells it.',
  request: {
    body: object({
      ccId: optional(ccId), vdn, serviceNos: list(integer('Number of a service: id of its flow.', { min: 0, max: 65_535 }), 'The services.', { min: 1, max: MOST_FLOWS }), ...ofToday,
    }),
  },
  result: figuresOf('Number of the service.'),
  examples: [{
    request: { ccId: 1, vdn: 170, timeGrain: '15MIN', serviceNos: [3], indexIds: ['IDX_COUNT_IVR_INBOUND_CALL'], mediaType: 53, subMediaType: 3 },
    response: answered('3', 'IDX_COUNT_IVR_INBOUND_CALL', { '2020-11-11 09:15:00.0': '1', '2020-11-11 10:15:00.0': '1' }),
  }],
});

export const cmsHisIndexSkill = operation({
  ...common, id: 'cmsHisIndexSkill', section: '12.3.2.4', path: `${OPENAPI}/hisindex/skill`,
  summary: 'Count what queues did today',
  description: 'Codes of Table 12-686. A call counts for the queue that it came to first, at the time when it left a device, up to this second.',
  request: { body: object({ ccId: optional(ccId), vdn, skillIds, ...ofToday }) },
  result: figuresOf('Id of the queue.'),
  examples: [{
    request: { cclId: 1, vdn: 1, skillIds: [11], timeGrain: '15MIN', indexIds: ['IDX_COUNT_SKILL_REQUEST'] },
    response: answered('11', 'IDX_COUNT_SKILL_REQUEST', { '2020-08-24 10:30:00.0': '15', '2020-08-24 10:45:00.0': '19' }),
  }],
});

export const cmsHisIndexAgent = operation({
  ...common, id: 'cmsHisIndexAgent', section: '12.3.2.5', path: `${OPENAPI}/hisindex/agent`,
  summary: 'Count what agents did today',
  description: 'Codes of Table 12-689. Of calls up to this second. What agents did besides is counted every five minutes, where it ended, and is as long in each part of the '
    + 'day as it lasted in it; what goes on has its length so far, and counts once it is over; averages are of what is over. What has no medium is in it whichever is asked for.',
  request: { body: object({ ccId: optional(ccId), vdn, agentIds: agentIds(MOST_AGENTS), ...ofToday }) },
  result: figuresOf('Work number of the agent.'),
  examples: [{
    request: { cclId: 1, vdn: 22, agentIds: [295], timeGrain: '15MIN', indexIds: ['IDX_COUNT_AGENT_SET_BUSY'], mediaType: 53, subMediaType: 3 },
    response: answered('295', 'IDX_COUNT_AGENT_SET_BUSY', { '2020-08-24 10:30:00.0': '15', '2020-08-24 10:45:00.0': '19' }),
  }],
});
