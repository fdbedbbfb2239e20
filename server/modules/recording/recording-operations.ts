import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { recordingErrors as errors, screenRecordStart, screenRecordStop, voiceRecordStart, voiceRecordStop } from '@parley/contract/gateway/recording.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { isOwnRecording, readPath } from '@parley/core/recording/path.ts';
import type { Engine } from '../../engine/engine.ts';
import { refusalOf } from '../online-agent/index.ts';

/** 13.1.1.9: goes on with the file that is there. */
const APPEND = 1;

/** 13.1.1.7 to 13.1.1.10. */
export function recordingOperations({ engine }: { readonly engine: Pick<Engine, 'send'> }): readonly Handler[] {
  const screen = async (vdnId: number, agent: number, asked: 'start' | 'stop') => {
    const { refused } = await engine.send(vdnId, { kind: 'recordScreen', agent, asked });
    return refused === undefined ? {} : refusalOf(refused, agent);
  };

  return [
    handle(voiceRecordStart, async ({ agentid: agent, fileName = '', recordMode }, { vdnId }) => {
      const path = fileName.trim();
      const place = path === '' ? undefined : readPath(path);
      if (path !== '' && (place === undefined || !isOwnRecording(place, vdnId, agent))) {
        return refuse(gatewayErrors.invalid, { field: 'fileName', message: `fileName must be one of the agent's own recordings, such as Y:/${vdnId}/0/20201119/${agent}/142702.V3` });
      }
      const { result, refused } = await engine.send(vdnId, { kind: 'record', agent, append: recordMode === APPEND, ...(path === '' ? {} : { path }) });
      if (refused === undefined) return { taskId: result ?? '' };
      return refusalOf(refused, agent, { noPermission: sessionErrors.failed, notEnabled: errors.recordFileChosen, wrongState: errors.recordState });
    }),
    handle(voiceRecordStop, async ({ agentid: agent }, { vdnId }) => {
      const { refused } = await engine.send(vdnId, { kind: 'stopRecord', agent });
      return refused === undefined ? {} : refusalOf(refused, agent, { noPermission: sessionErrors.failed, wrongState: errors.stopRecordState });
    }),
    handle(screenRecordStart, ({ agentid }, { vdnId }) => screen(vdnId, agentid, 'start')),
    handle(screenRecordStop, ({ agentid }, { vdnId }) => screen(vdnId, agentid, 'stop')),
  ];
}
