import {
  confBatchAdd, confBatchRemove, confChangeParticipantMode, confHoldParticipant, confPlayVoice, confPlayVoiceToParticipant, confStopVoice,
  confStopVoiceToParticipant, confUnholdParticipant,
} from '@parley/contract/gateway/agent-conference-participant.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, type Refusal } from '@parley/contract/refusal.ts';
import type { ConferenceAsked } from '@parley/core/conference/command.ts';
import type { Address } from '@parley/core/conference/conference.ts';
import { addressesOf, addressOf, fileOf, toneOf, type WireAddress } from './address.ts';
import { createConfer, numberNotShown, type ConferenceDependencies } from './operations.ts';
import { modeOf } from './present.ts';

/** 6.1.6.6, 6.1.6.7 and 6.1.6.10 to 6.1.6.16: what the chair does with participants, and what they hear. */
export function participantHandlers({ engine, mayShow }: ConferenceDependencies): readonly Handler[] {
  const confer = createConfer(engine);
  const done = async (vdnId: number, agent: number, asked: ConferenceAsked | Refusal) => {
    if (isRefusal(asked)) return asked;
    const outcome = await confer(vdnId, agent, asked);
    return isRefusal(outcome) ? outcome : {};
  };
  const about = (wire: WireAddress, asked: (participant: Address) => ConferenceAsked): ConferenceAsked | Refusal => {
    const participant = addressOf(wire);
    return isRefusal(participant) ? participant : asked(participant);
  };
  const withFile = (vdnId: number, voicePath: string, asked: (file: string) => ConferenceAsked | Refusal): ConferenceAsked | Refusal => {
    const file = fileOf(vdnId, voicePath);
    return isRefusal(file) ? file : asked(file);
  };

  return [
    handle(confHoldParticipant, ({ agentid, voicePath, ...wire }, { vdnId }) =>
      done(vdnId, agentid, withFile(vdnId, voicePath, (file) => about(wire, (participant) => ({ what: 'hold', participant, file }))))),
    handle(confUnholdParticipant, ({ agentid, ...wire }, { vdnId }) => done(vdnId, agentid, about(wire, (participant) => ({ what: 'unhold', participant })))),
    handle(confBatchAdd, async ({ agentid, addresses: wire, caller = '', ...sound }, { vdnId }) => {
      const addresses = addressesOf(wire);
      if (isRefusal(addresses)) return addresses;
      const welcome = toneOf(vdnId, sound);
      if (isRefusal(welcome)) return welcome;
      if (caller !== '' && !(await mayShow(vdnId, caller))) return numberNotShown(caller);
      const invited = addresses.map((address, index) => ({ address, deviceCallType: wire[index]?.deviceCallType ?? 0, deviceType: wire[index]?.deviceType ?? 0 }));
      return done(vdnId, agentid, { what: 'invite', invited, ...(caller === '' ? {} : { caller }), ...(welcome === undefined ? {} : { welcome }) });
    }),
    handle(confBatchRemove, async ({ agentid, addresses: wire }, { vdnId }) => {
      const participants = addressesOf(wire);
      if (isRefusal(participants)) return participants;
      const missing = await confer(vdnId, agentid, { what: 'remove', participants });
      if (isRefusal(missing)) return missing;
      const places = missing === '' ? [] : missing.split(',').map(Number);
      return { noExistParticipants: places.flatMap((place) => wire[place] ?? []) };
    }),
    handle(confChangeParticipantMode, ({ agentid, attribute, ...wire }, { vdnId }) =>
      done(vdnId, agentid, about(wire, (participant) => ({ what: 'setMode', participant, mode: modeOf(attribute) })))),
    handle(confPlayVoice, ({ agentid, playType = 0, voicePath }, { vdnId }) =>
      done(vdnId, agentid, withFile(vdnId, voicePath, (file) => ({ what: 'play', file, background: playType === 1 })))),
    handle(confStopVoice, ({ agentid }, { vdnId }) => done(vdnId, agentid, { what: 'stopPlay' })),
    handle(confPlayVoiceToParticipant, ({ agentid, voicePath, ...wire }, { vdnId }) =>
      done(vdnId, agentid, withFile(vdnId, voicePath, (file) => about(wire, (participant) => ({ what: 'playTo', participant, file }))))),
    handle(confStopVoiceToParticipant, ({ agentid, ...wire }, { vdnId }) => done(vdnId, agentid, about(wire, (participant) => ({ what: 'stopPlayTo', participant })))),
  ];
}
