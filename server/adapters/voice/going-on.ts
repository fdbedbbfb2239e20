import type { UserAgent } from '../../../telephony/sip/call/user-agent.ts';
import type { Registrar } from '../../../telephony/sip/registrar/registrar.ts';
import type { Channel, Transports } from '../../../telephony/sip/transport/channel.ts';
import { goneChannel } from '../../../telephony/sip/transport/gone.ts';
import type { Keeping, KeptLeg } from './keeping.ts';
import type { Restored } from './restoring.ts';
import type { RealVoice } from './voice.ts';
import type { Directory } from './ways.ts';

export interface GoingOnDependencies {
  readonly keeping: Pick<Keeping, 'found' | 'legEnds'>;
  readonly agent: Pick<UserAgent, 'restore'>;
  readonly registrar: Pick<Registrar, 'restore'>;
  readonly transports: Pick<Transports, 'reach'>;
  readonly directory: Pick<Directory, 'credentialsOf'>;
  readonly port: Pick<RealVoice, 'restoring'>;
  readonly onFault: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Goes on with what the process before this one has left: with its calls first, as their other ends may speak at any moment. */
export async function goOn({ keeping, agent, registrar, transports, directory, port, onFault }: GoingOnDependencies): Promise<void> {
  /** To an address, which takes no time. */
  const datagramsTo = ({ address, port: to }: Channel['remote']): Promise<Channel> => transports.reach({ kind: 'UDP', host: address, port: to });

  const restore = async (leg: KeptLeg): Promise<Restored | undefined> => {
    const { who = '', call: { way } } = leg;
    try {
      // Connections are gone: telephones are called on again, and browsers come again.
      const channel = way.kind === 'UDP' ? await datagramsTo(way.remote) : goneChannel(way);
      return { leg, call: agent.restore(leg.call, { channel, credentials: () => directory.credentialsOf(who) }) };
    } catch (error) {
      onFault('a call could not be gone on with after a restart', { leg: leg.id, error });
      return undefined;
    }
  };
  const restored = (await Promise.all(keeping.found.legs.map(restore))).filter((one) => one !== undefined);

  await Promise.all(keeping.found.bindings.map(async (binding) => {
    try {
      registrar.restore(binding, await datagramsTo(binding.remote));
    } catch (error) {
      onFault('a registration could not be gone on with after a restart', { user: binding.user, error });
    }
  }));

  const standing = await port.restoring.restore(restored);
  for (const leg of keeping.found.legs) if (!standing.has(leg.id)) keeping.legEnds(leg);
  if (standing.size < keeping.found.legs.length) onFault('calls ended with the process before this one, as their sound did', { ended: keeping.found.legs.length - standing.size, goOn: standing.size });
}
