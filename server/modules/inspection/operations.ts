import { inspectionErrors, sessionErrors } from '@parley/contract/gateway/errors.ts';
import {
  qcAddInsert, qcAddSupervise, qcAdjustSkill, qcForceBusy, qcForceDropCall, qcForceIdle, qcForceLogout, qcForceRest, qcIntercept,
  qcRequestStopWhisperAgent, qcRequestSwitchInsertWhisperAgent, qcRequestWhisperAgent, qcStopSuperviseOrInsert, qcSwitchSuperviseOrInsert,
  supervisionErrors as errors,
} from '@parley/contract/gateway/inspection.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal, type RefusalKind } from '@parley/contract/refusal.ts';
import type { InspectionMode } from '@parley/core/agent/agent.ts';
import { WORK_NO } from '@parley/core/agent/work-number.ts';
import type { Command } from '@parley/core/centre/command.ts';
import type { Refused, Why } from '@parley/core/centre/refused.ts';
import { MAX_SKILLS, type Forced } from '@parley/core/inspection/force.ts';
import type { Engine } from '../../engine/engine.ts';
import { refusalOf } from '../online-agent/index.ts';

type Inspecting = Extract<Command, { readonly agent: number }>;
type Kinds = Partial<Record<Why, RefusalKind>>;

const { mayNotInspect } = inspectionErrors;

/** 12.1: the codes of all of its operations; 900-003 is what cannot be done now, whatever the reason. */
const KINDS: Kinds = {
  noPermission: mayNotInspect, self: mayNotInspect, unknownAgent: errors.inspectionUnknown, unknownCall: errors.inspectionUnknown,
  offline: errors.inspectionUnavailable, busy: errors.inspectionUnavailable, nothing: errors.inspectionUnavailable, noCall: errors.inspectionUnavailable,
  wrongState: errors.inspectionUnavailable, phoneUnavailable: errors.inspectionUnavailable, tooLarge: sessionErrors.parameterRefused,
};
/** Insertion and listening tell a wrong state of the inspector apart. */
const STARTING: Kinds = { ...KINDS, wrongState: errors.inspectionState };
const WHISPERING: Kinds = { ...KINDS, unknownAgent: errors.inspectionAgentUnknown };

const LISTENING_TYPES: Readonly<Record<0 | 1 | 2, InspectionMode>> = { 0: 'listen', 1: 'insert', 2: 'whisper' };
const NUMBER = /^\d{3,5}$/;

/** 12.1: what inspectors do to agents and their calls. */
export function inspectionHandlers({ engine }: { readonly engine: Pick<Engine, 'send'> }): readonly Handler[] {
  const told = (refused: Refused, inspector: number, target: string, kinds: Kinds): Refusal => {
    const refusal = refusalOf(refused, inspector, kinds);
    return { ...refusal, details: { ...refusal.details, agent: target === '' ? inspector : target, target: refused.refused === 'unknownCall' ? `call ${target}` : `agent ${target}` } };
  };
  const carryOut = async ({ vdnId }: Context, command: Inspecting, target: number | string | undefined, kinds = KINDS) => {
    const { refused } = await engine.send(vdnId, command);
    return refused === undefined ? {} : told(refused, command.agent, String(target ?? ''), kinds);
  };
  const force = (context: Context, agent: number, target: number, into: Forced) => carryOut(context, { kind: 'force', agent, target, into }, target);
  const stop = (context: Context, agent: number, target: number | undefined, kinds: Kinds) =>
    carryOut(context, { kind: 'stopInspecting', agent, ...(target === undefined ? {} : { target }) }, target, kinds);

  return [
    handle(qcAddInsert, ({ agentid: agent, workNo: target }, context) => carryOut(context, { kind: 'inspect', agent, target, how: 'insert' }, target, STARTING)),
    handle(qcAddSupervise, ({ agentid: agent, workNo: target }, context) => carryOut(context, { kind: 'inspect', agent, target, how: 'listen' }, target, STARTING)),
    handle(qcIntercept, ({ agentid: agent, workNo: target }, context) => carryOut(context, { kind: 'intercept', agent, target }, target)),
    handle(qcStopSuperviseOrInsert, ({ agentid: agent, workNo: target }, context) => stop(context, agent, target, KINDS)),
    handle(qcForceBusy, ({ agentid, workNo }, context) => force(context, agentid, workNo, { what: 'busy' })),
    handle(qcForceIdle, ({ agentid, workNo }, context) => force(context, agentid, workNo, { what: 'idle' })),
    handle(qcForceLogout, ({ agentid, workNo }, context) => force(context, agentid, workNo, { what: 'signOut' })),
    handle(qcForceRest, ({ agentid, workNo, time, reason }, context) => force(context, agentid, workNo, { what: 'rest', ms: time * 1000, reason })),
    handle(qcForceDropCall, ({ agentid: agent, callid: call }, context) => carryOut(context, { kind: 'forceDrop', agent, call }, call)),
    handle(qcAdjustSkill, ({ agentid: agent, workNo = '', skills }, context) => {
      const target = Number(workNo);
      if (!NUMBER.test(workNo) || target < WORK_NO.first || target > WORK_NO.last) return Promise.resolve(refuse(sessionErrors.parameterRefused, { message: 'workNo' }));
      if (skills === undefined || skills.length > MAX_SKILLS) return Promise.resolve(refuse(sessionErrors.parameterRefused, { message: `skills: up to ${MAX_SKILLS} are needed` }));
      return carryOut(context, { kind: 'adjustSkill', agent, target, queues: skills }, target);
    }),
    handle(qcSwitchSuperviseOrInsert, ({ agentid: agent, workNo: target }, context) => carryOut(context, { kind: 'switchInspection', agent, target }, target)),
    handle(qcRequestWhisperAgent, ({ agentid: agent, whisperagentid: target }, context) => (target === undefined
      ? Promise.resolve(refuse(errors.inspectionAgentUnknown, { agent: '' }))
      : carryOut(context, { kind: 'inspect', agent, target, how: 'whisper' }, target, WHISPERING))),
    handle(qcRequestStopWhisperAgent, ({ agentid: agent, whisperagentid: target }, context) => stop(context, agent, target, WHISPERING)),
    handle(qcRequestSwitchInsertWhisperAgent, ({ agentid: agent, whisperagentid: target, switchtype }, context) =>
      carryOut(context, { kind: 'switchInspection', agent, how: LISTENING_TYPES[switchtype], ...(target === undefined ? {} : { target }) }, target, WHISPERING)),
  ];
}
