import type { Input, Result } from '@parley/contract/operation.ts';
import type { createSkill, querySkills } from '@parley/contract/configuration/queue.ts';
import type { Diversion, Treatment } from '@parley/core/queue/treatment.ts';
import type { Queue } from './store.ts';

type WireParam = Input<typeof createSkill>['skillParam'];
type WireDiversion = WireParam['noAgents'];
type WireQueue = Result<typeof querySkills>['data'][number];

/** A treatment read from the wire, or what is wrong with it. */
export type TreatmentReading = { readonly ok: true; readonly treatment: Treatment } | { readonly ok: false; readonly message: string };

function readDiversion(name: string, wire: WireDiversion): Diversion | string {
  if (wire.transferType === 'Release') {
    // 5.2.1: with Release, the other parameters at the same level are empty.
    return wire.deviceType === undefined && wire.value === undefined ? { kind: 'release' } : `${name}: Release stands alone, leave deviceType and value empty`;
  }
  if (wire.deviceType === undefined) return `${name}.deviceType is missing`;
  if (wire.value === undefined) return `${name}.value is missing`;
  return wire.deviceType === '1' ? { kind: 'queue', queueId: wire.value } : { kind: 'flow', flowId: wire.value };
}

export function readTreatment(wire: WireParam): TreatmentReading {
  const noAgents = readDiversion('noAgents', wire.noAgents);
  const busy = readDiversion('busy', wire.busy);
  const timeOut = readDiversion('timeOut', wire.timeOut);
  for (const diversion of [noAgents, busy, timeOut]) if (typeof diversion === 'string') return { ok: false, message: diversion };
  const treatment = { noAgents, busy, timeOut } as Treatment;
  const waiting = readWaiting(wire.waitVoice);
  if (typeof waiting === 'string') return { ok: false, message: waiting };
  return {
    ok: true,
    treatment: {
      ...treatment,
      ...(wire.answerFunction === undefined ? {} : { announceAgent: wire.answerFunction === '0' }),
      ...(waiting === undefined ? {} : { waiting }),
    },
  };
}

function readWaiting(wire: WireParam['waitVoice']): Treatment['waiting'] | string {
  if (wire === undefined) return undefined;
  const id = wire.id === '' ? undefined : wire.id;
  if (wire.parameterType === 'Voice') return id === undefined ? { kind: 'music' } : 'waitVoice: Voice stands alone, leave id empty';
  if (id === undefined) return 'waitVoice.id is missing';
  return /^\d{1,9}$/.test(id) ? { kind: 'flow', flowId: Number(id) } : 'waitVoice.id must be the id of an IVR flow';
}

function presentDiversion(diversion: Diversion): WireDiversion {
  if (diversion.kind === 'release') return { transferType: 'Release' };
  return diversion.kind === 'queue'
    ? { deviceType: '1', transferType: 'Transfer', value: diversion.queueId }
    : { deviceType: '3', transferType: 'Transfer', value: diversion.flowId };
}

/** `flowCode` tells the access code of a flow, which 5.2.4 shows beside its id. */
export function presentQueue(queue: Queue, flowCode: (flowId: number) => string | undefined): WireQueue {
  const { treatment } = queue;
  return {
    skillId: queue.id,
    name: queue.name,
    description: queue.description,
    mediaType: queue.media,
    mediaTypeId: queue.media,
    maxWaitTime: queue.maxWaitSeconds,
    maxWaitNum: queue.maxWaiting,
    maxAgentWrapupTime: queue.maxWrapupSeconds,
    skillParam: {
      noAgents: presentDiversion(treatment.noAgents),
      busy: presentDiversion(treatment.busy),
      timeOut: presentDiversion(treatment.timeOut),
      ...(treatment.announceAgent === undefined ? {} : { answerFunction: treatment.announceAgent ? '0' : '2' }),
      ...(treatment.waiting === undefined ? {} : { waitVoice: presentWaiting(treatment.waiting, flowCode) }),
    },
  };
}

function presentWaiting(waiting: NonNullable<Treatment['waiting']>, flowCode: (flowId: number) => string | undefined): NonNullable<WireQueue['skillParam']['waitVoice']> {
  if (waiting.kind === 'music') return { parameterType: 'Voice' };
  const code = flowCode(waiting.flowId);
  return { parameterType: 'IVR', id: String(waiting.flowId), ...(code === undefined ? {} : { value: code }) };
}
