import { evaluationChannel, evaluationValue } from '../configuration/satisfaction.ts';
import { operation } from '../operation.ts';
import { flag, integer, list, object, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const SURVEY = `${ADMIN}/survey`;

const survey = object({
  enabled: flag('Whether customers are asked after a call.'),
  flowId: optional(integer('Id of the IVR flow that asks; absent when none is chosen.', { min: 1 })),
}, 'The satisfaction survey.');

export const showSurvey = operation({
  id: 'showSurvey', family: admin, tag: 'Satisfaction survey',
  method: 'GET', path: SURVEY, auth: 'session', permission: 'tenant.read',
  summary: 'Show the satisfaction survey',
  request: {},
  result: survey,
  examples: [{ response: { enabled: true, flowId: 3 } }],
});

export const setSurvey = operation({
  id: 'setSurvey', family: admin, tag: 'Satisfaction survey',
  method: 'PUT', path: SURVEY, auth: 'session', permission: 'tenant.write',
  summary: 'Set the satisfaction survey',
  description: 'Replaces it as a whole. A survey that is switched on needs a flow.',
  request: { body: survey },
  result: survey,
  errors: [errors.invalid],
  examples: [{ request: { enabled: true, flowId: 3 }, response: { enabled: true, flowId: 3 } }],
});

export const importEvaluations = operation({
  id: 'importEvaluations', family: admin, tag: 'Satisfaction survey',
  method: 'POST', path: `${SURVEY}/evaluations`, auth: 'session', permission: 'tenant.write',
  summary: 'Import evaluations made elsewhere',
  description: 'For those who come from another contact centre. What was imported before is not imported twice, so an import may be repeated.',
  request: {
    body: object({
      evaluations: list(object({
        callId: word('Id of the call.', { max: 64 }),
        value: evaluationValue,
        channel: evaluationChannel,
        evaluatedAt: timestamp('When the customer answered, in milliseconds since 1970.'),
        customer: optional(text('Number or account of the customer; an erasure order (5.1.13) that names it takes it away.', { max: 255 })),
      }), 'The evaluations.', { min: 1, max: 1000 }),
    }),
  },
  result: object({
    imported: integer('How many are new.'),
    known: integer('How many were there already.'),
  }),
  examples: [{
    request: { evaluations: [{ callId: '1647265024-1095', value: '5', channel: 'audio', evaluatedAt: 1_647_265_028_000, customer: '13512341111' }] },
    response: { imported: 1, known: 0 },
  }],
});
