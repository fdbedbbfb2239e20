import type { Envelope } from '../envelope.ts';
import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, list, longId, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { configuration, returnCode } from './family.ts';

export const satisfactionErrors = catalogue({
  // 5.4.3 names -1 as the code of a query that fails.
  satisfactionWindow: { status: 200, code: '-1', text: 'The query fails: beginTime must not be later than endTime.' },
});

/** 5.4.3 knows no other code for a failure than -1, so what is malformed or unauthorized has it too. */
const minusOne: Envelope = {
  ...returnCode,
  refusal: (refusal) => ({ ...(returnCode.refusal(refusal) as object), returnCode: '-1' }),
};

const BASE = '/apiaccess/rest/cc-management/v1';

export const evaluationValues = ['1', '2', '3', '4', '5', '-1', '-2'] as const;
export const evaluationChannels = ['audio', 'MSG', 'WEB'] as const;

export const evaluationValue = oneOf(
  evaluationValues, '1 very dissatisfied to 5 very satisfied; -1 the customer did not reply in time, -2 the reply is none of the answers there are.',
);
export const evaluationChannel = oneOf(evaluationChannels, 'audio in the call, MSG by text message, WEB in the web chat.');

export const querySatisfactionConfig = operation({
  id: 'querySatisfactionConfig', family: configuration, section: '5.4.2', tag: 'Satisfaction survey',
  method: 'POST', path: `${BASE}/satisfactionconfig/querySatisfactionConfig`, aliases: [`${BASE}/satisfactionconfig/querySatisfyConfig`],
  auth: 'C1', reads: true, envelope: returnCode,
  summary: 'Show how customers are asked for their satisfaction',
  request: {},
  result: object({
    enabled: flag('Whether customers are asked after a call.'),
    data: list(object({
      ivrId: longId('Long id of the IVR flow that asks.'),
      feedbackType: oneOf(['IVR'], 'How they are asked: by an IVR flow.'),
      channelType: oneOf(['audio'], 'Kind of call: audio.'),
      accessCode: text('Access code of the flow.'),
    }), 'The one way in which they are asked; empty when the survey is switched off.'),
  }),
  examples: [{
    response: {
      returnCode: '0', description: 'success', enabled: true,
      data: [{ accessCode: '6001', channelType: 'audio', feedbackType: 'IVR', ivrId: '1239554736420597767' }],
    },
  }],
});

export const satisfactionQuery = operation({
  id: 'satisfactionQuery', family: configuration, section: '5.4.3', tag: 'Satisfaction survey',
  method: 'POST', path: `${BASE}/satisfaction/query`, auth: 'C1', envelope: minusOne,
  summary: 'Ask how satisfied the customer of a call was',
  description: 'Answers the latest evaluation of the call within the window, both ends included. Where there is none (the customer may still be '
    + 'answering) the query succeeds with an empty object, so that a caller who asks again and again can tell that from a query that fails.',
  done: 'query Success',
  request: {
    body: object({
      callId: word('Id of the call.', { max: 64 }),
      beginTime: timestamp('From when, in milliseconds since 1970.'),
      endTime: timestamp('Until when, in milliseconds since 1970.'),
    }),
  },
  result: object({
    satisfactionEvaluations: object({
      evaluationValue: optional(evaluationValue),
      channel: optional(evaluationChannel),
      evaluationTime: optional(timestamp('When the customer answered, in milliseconds since 1970.')),
    }, 'The evaluation; empty when there is none.'),
  }),
  errors: [satisfactionErrors.satisfactionWindow],
  examples: [{
    request: { callId: '1647265024-1095', beginTime: 1_647_265_028_000, endTime: 1_647_265_029_000 },
    response: {
      returnCode: '0', description: 'query Success', satisfactionEvaluations: { channel: 'audio', evaluationValue: '5', evaluationTime: 1_647_265_028_000 },
    },
  }],
});
