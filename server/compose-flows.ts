import { readThirdPartyPath } from '@parley/core/export/path.ts';
import type { World } from './compose.ts';
import type { FlowRunnerDependencies } from './engine/flow-runner.ts';
import type { Writer } from './engine/writer.ts';
import { createTrustlist, findSharedSecret } from './modules/callback/index.ts';
import { createFlowHttp, createScripts } from './modules/ivr-flow/index.ts';
import { listQueues } from './modules/queue/index.ts';
import type { Tenants } from './modules/tenant/index.ts';
import { approvedVoiceFiles } from './modules/voice/index.ts';
import { thirdPartyFileKey } from './modules/voice-share/index.ts';

/** What the runner of flows needs of the tenants' configuration; the voice port brings the rest. */
export function composeFlows(
  { db, vault, outgoing, onFault }: Pick<World, 'db' | 'vault' | 'outgoing' | 'onFault'>, { writer, tenants }: { readonly writer: Writer; readonly tenants: Pick<Tenants, 'find'> },
): Pick<FlowRunnerDependencies, 'scriptOf' | 'voiceFile' | 'broughtFile' | 'http'> {
  const trustlist = createTrustlist();
  return {
    scriptOf: createScripts({ db, writer, listQueues, onFault, zoneOf: async (vdnId) => (await tenants.find(vdnId))?.timeZone ?? 'UTC' }),
    voiceFile: async (vdnId, id) => {
      const key = (await approvedVoiceFiles(db, vdnId, [id])).get(id);
      return key === undefined ? undefined : { key };
    },
    broughtFile: async (vdnId, path) => {
      const place = readThirdPartyPath(path, 'file');
      const key = place.ok && place.vdnId === vdnId && place.holds === 'uploaded' ? await thirdPartyFileKey(db, vdnId, place.name ?? '') : undefined;
      return key === undefined ? undefined : { key };
    },
    http: createFlowHttp({
      outgoing, trusts: (vdnId, url) => trustlist.trusts(db, vdnId, url), secretOf: (vdnId, key) => findSharedSecret(db, vault, vdnId, key),
    }),
  };
}
