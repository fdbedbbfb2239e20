import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createMedia } from '../../../telephony/media/media.ts';
import { createKeyLog, type KeyLog } from '../../../telephony/rtpengine/key-log.ts';
import { createRtpengineMedia, type RtpengineMedia } from '../../../telephony/rtpengine/media.ts';
import { createNg } from '../../../telephony/rtpengine/ng.ts';
import { INSIDE_ADDRESS, startDaemon, withoutRtpengine, type Daemon } from '../../../telephony/rtpengine/testing/daemon.ts';
import { describeVoicePort } from '../../testing/voice-port-suite.ts';
import { createRealWorld } from '../../testing/voice-port/real.ts';
import type { TelephonyOptions } from './telephony.ts';

/** Most of the time is waiting for sound, so several cases are heard at once. */
const AT_ONCE = 4;

/** The same suite as that of the built-in engine, with rtpengine before it: one daemon for all cases, and for each a Parley of its own. */
describe('rtpengine', { skip: withoutRtpengine() }, () => {
  let daemon: Daemon | undefined;
  let keyLog: KeyLog | undefined;
  let parleys = 0;
  let mostRelayed = 0;

  before(async () => {
    daemon = await startDaemon({ ports: 2_000 });
    keyLog = createKeyLog(daemon.keysTo);
    await keyLog.ready;
  });
  after(async () => {
    keyLog?.close();
    await daemon?.stop();
  });

  const makeMedia: TelephonyOptions['makeMedia'] = ({ settings, ...rest }) => {
    assert.ok(daemon !== undefined && keyLog !== undefined);
    parleys += 1;
    const media: RtpengineMedia = createRtpengineMedia({
      ng: createNg(daemon), instance: `parley-${parleys}`, interfaces: daemon.interfaces, silentMs: settings.silentMs, onFault: rest.onFault,
      // All share what the daemon tells, as it has one place for it.
      keyLog: { ...keyLog, close: () => undefined },
      builtIn: createMedia({ ...rest, settings: { ...settings, address: INSIDE_ADDRESS, advertised: INSIDE_ADDRESS } }),
    });
    return {
      ...media,
      perform: async (order) => {
        const answer = await media.perform(order);
        mostRelayed = Math.max(mostRelayed, media.relayed());
        return answer;
      },
    };
  };

  describeVoicePort('SIP and RTP by rtpengine', () => createRealWorld({ makeMedia }), AT_ONCE);
  it('passed on by itself what it could', () => { assert.ok(mostRelayed >= 2); });
});
