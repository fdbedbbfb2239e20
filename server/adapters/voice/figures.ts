import type { UserAgent } from '../../../telephony/sip/call/user-agent.ts';
import type { Media } from '../../../telephony/media/media.ts';
import type { ThreadSettings } from '../../../telephony/media/threads.ts';
import type { Registrar } from '../../../telephony/sip/registrar/registrar.ts';
import type { SwitchFigures } from '../../modules/system-indicator/index.ts';
import type { Traffic } from './traffic.ts';
import type { RealVoice } from './voice.ts';

export interface SwitchFiguresDependencies {
  readonly traffic: Pick<Traffic, 'periods'>;
  readonly port: Pick<RealVoice, 'counts'>;
  readonly agent: Pick<UserAgent, 'calls'>;
  readonly media: Pick<Media, 'figures'>;
  readonly registrar: Pick<Registrar, 'bindingsOf'>;
  readonly realm: string;
  /** Where sound is made here: a leg takes a pair of them. */
  readonly ports: ThreadSettings['ports'] | undefined;
}

/** What is measured of calls, sound and phones. */
export function createSwitchFigures({ traffic, port, agent, media, registrar, realm, ports }: SwitchFiguresDependencies): SwitchFigures {
  return {
    periods: traffic.periods,
    blocks: async () => {
      const { legs: mediaLegs, rooms } = await media.figures();
      return { ...port.counts(), calls: agent.calls(), mediaLegs, rooms, mediaCapacity: ports === undefined ? undefined : Math.floor((ports.to - ports.from + 1) / 2) };
    },
    terminal: (user) => {
      const [foremost] = registrar.bindingsOf({ user, realm });
      if (foremost === undefined) return undefined;
      const { kind, remote } = foremost.channel;
      return { transport: kind, address: remote.address, port: remote.port };
    },
  };
}
