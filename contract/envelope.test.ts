import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayEnvelope } from './envelope.ts';
import { conferenceErrors } from './gateway/agent-conference.ts';
import { buildOpenApi } from './openapi.ts';
import { confHoldParticipant } from './gateway/agent-conference-participant.ts';
import { refuse } from './refusal.ts';

test('a refusal of the gateway carries the reason beneath its code, where there is one', () => {
  assert.deepEqual(gatewayEnvelope.refusal(refuse(conferenceErrors.conferenceHeld, { participant: 'Agent 2002' })), {
    message: 'Agent 2002 is held already.', retcode: '100-007', result: { errorReason: 21_251 },
  });
  assert.deepEqual(gatewayEnvelope.refusal(refuse(conferenceErrors.conferenceNotChair, { agent: 153 })), {
    message: 'Agent 153 is not the chair of the conference.', retcode: '101-002',
  });
});

test('the document tells codes and reasons', () => {
  const { paths } = buildOpenApi({ operations: [confHoldParticipant], title: 'Parley', version: '0.1.0' });
  const refusals = paths[confHoldParticipant.path]?.['post']?.['x-refusals'] as { name: string; code: string; reason?: number }[];
  const held = refusals.find(({ name }) => name === 'conferenceHeld');
  assert.deepEqual([held?.code, held?.reason], ['100-007', 21_251]);
});
