import { operation } from '../operation.ts';
import { integer, list, nullable, object, optional, text } from '../schema.ts';
import { monitoring } from './family.ts';
import { ccId, MAX, OPENAPI, scopeErrors, single } from './parts.ts';

/* 12.3.1.3.12 and Table 12-702: what agents did. */

const UTC_TEXT = 'as yyyy-MM-dd HH:mm:ss in UTC';

/** A long day of a busy agent has some thousands. */
const MOST_ROWS = 100_000;

/** What stands where there is nothing: no object, no reason, no queue, no call. */
export const ABSENT = 65_535;
export const ABSENT_CALL = '4294967295-4294967295';

export const agentOperation = object({
  id: text('Id of the row.'),
  callId: text(`The call that it is about; ${ABSENT_CALL} for none.`),
  phoneNo: text('Phone of the agent; of a transfer to the outside the number there, of a conference its id.'),
  subCcNo: integer('Contact centre within a network of them; 0.'),
  currentAgentId: integer('Work number.'),
  currentSkillId: integer(`Queue on whose account the agent had the call; ${ABSENT} for none.`),
  mediaType: integer(`Media type of Table 12-695; ${ABSENT} without a call.`),
  beginTime: text('When it began, in UTC, such as 2020-08-22T05:49:36.000+0000.'),
  endTime: text('When it ended; the same where it takes no time.'),
  vdn: integer('Id of the tenant.'),
  callType: integer(`Kind of the call (Table 12-697); ${ABSENT} without one.`),
  serviceNo: integer(`Number of the service, the id of the first flow that the call was in; ${ABSENT} for none.`),
  operateType: integer('What it was (Table 12-702).'),
  operateObject: integer(`The work number that the table has for the type; ${ABSENT} for none.`),
  operateCause: integer(`Why (Table 12-702); ${ABSENT} for none.`),
  agentType: integer('Type of the agent (Table 12-698).'),
  locationId: nullable(integer('Node of a distributed installation; null.')),
  logonSn: nullable(text('Names the session: the same from the sign-in to the sign-out.')),
  skillInfoSn: nullable(text('Names a list of skills; null, as such lists are not kept.')),
});

export const cmsAgentOprInfo = operation({
  id: 'cmsAgentOprInfo', family: monitoring, section: '12.3.1.3.12', tag: 'Agents', envelope: single,
  method: 'POST', path: `${OPENAPI}/agent/agentoprinfo`, auth: 'C2',
  summary: 'See what an agent did',
  description: 'The agent operation bills that ended in a time of a quarter of an hour, or a multiple of it, up to a day. What lasts is told when it is over; conversations are cut every five minutes of the clock.',
  request: {
    body: object({
      currentAgentId: integer('Work number.', { min: 0, max: MAX.anyAgent, also: ['agentId'] }),
      operateType: optional(integer('What to look for (Table 12-702); everything unless told.')),
      beginTime: text(`From when on, ${UTC_TEXT}.`, { max: 19 }),
      endTime: text(`Up to when, ${UTC_TEXT}.`, { max: 19 }),
      ccId: optional(ccId),
      vdn: optional(integer('Id of the tenant. A key for all tenants finds it by the work number unless told, and must be told where several have such an agent.', { min: 1, max: MAX.vdn, also: ['vdnId'] })),
    }),
  },
  result: list(agentOperation, 'The operations, in the order in which they ended.', { max: MOST_ROWS }),
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
  examples: [{
    request: { currentAgentId: 12, operateType: 46, beginTime: '2020-08-22 05:00:00', endTime: '2020-08-23 05:00:00', ccId: 1 },
    response: {
      resultCode: '0100000',
      resultDesc: [{
        id: '45648', callId: '1598075376-5', phoneNo: '05276789', operateType: 46, operateObject: 65_535, operateCause: 65_535, agentType: 3,
        beginTime: '2020-08-22T05:49:36.000+0000', endTime: '2020-08-22T09:49:37.000+0000', callType: 0, vdn: 4, serviceNo: 65_535, subCcNo: 0,
        currentAgentId: 12, currentSkillId: 10, mediaType: 5, locationId: null, logonSn: '45001', skillInfoSn: null,
      }],
    },
  }],
});
