import type { Chance } from '../centre/commands.fixture.ts';
import type { Centre } from '../centre/state.ts';
import type { ConferenceAsked } from './command.ts';
import { MODES, type Address } from './conference.ts';
import type { Invited } from './participants.ts';

/** Few, so that they meet. */
const NUMBERS = ['40043', '40044', '1380'];
const FILES = ['y:/conf/1/1.V3', 'y:/conf/1/2.V3'];

const someOf = <T>(chance: Chance, one: () => T): readonly T[] => Array.from({ length: (chance.of([1, 2, 3, 1, 2, 0]) ?? 1) }, one);

/** Who is in the conference of an agent. */
function presentWith({ agents, conferences }: Centre, agent: number): readonly Address[] {
  const conference = conferences.get(agents.get(agent)?.conference ?? 0);
  return [...conference?.participants.values() ?? []].map((one): Address => (one.agent === undefined ? { kind: 'phone', number: one.number } : { kind: 'agent', agent: one.agent }));
}

/** Whatever an agent may ask about conferences, possible or not; wishes that lead to larger ones are more frequent. */
export function conferenceAsked(centre: Centre, asker: number, chance: Chance, agents: readonly number[]): ConferenceAsked {
  const present = presentWith(centre, asker);
  const agent = (): number => chance.of(agents) ?? 101;
  const someone = (): Address => (present.length > 0 && chance.flag() ? chance.of(present) ?? address() : address());
  const address = (): Address => (chance.flag() ? { kind: 'agent', agent: agent() } : { kind: 'phone', number: chance.of(NUMBERS) ?? '' });
  const invited = (): Invited => ({ address: address(), deviceCallType: 0, deviceType: 0 });
  const file = chance.of(FILES) ?? '';
  const wishes: readonly (() => ConferenceAsked)[] = [
    () => ({ what: 'request', seats: chance.of([1, 2, 4, 8]) ?? 4, minutes: chance.of([4, 5]) ?? 4, promptMinutes: 3, caller: '', ...(chance.flag() ? { tone: file } : {}) }),
    () => ({ what: 'request', seats: 8, minutes: 9, promptMinutes: 3, caller: '' }),
    () => ({ what: 'invite', invited: someOf(chance, invited), ...(chance.flag() ? { welcome: file } : {}) }),
    () => ({ what: 'invite', invited: [invited()] }),
    () => ({ what: 'invite', invited: [invited()] }),
    () => ({ what: 'answer' }),
    () => ({ what: 'answer' }),
    () => ({ what: 'answer' }),
    () => ({ what: 'reject' }),
    () => ({ what: 'leave' }),
    () => ({ what: 'release' }),
    () => ({ what: 'remove', participants: someOf(chance, someone) }),
    () => { const to = someone(); return { what: 'shift', to: to.kind === 'agent' ? to.agent : agent() }; },
    () => ({ what: 'prolong', minutes: chance.of([1, 1440]) ?? 1 }),
    () => ({ what: 'resize', by: chance.of([2, -2, 118]) ?? 2 }),
    () => ({ what: 'play', file, background: chance.flag() }),
    () => ({ what: 'stopPlay' }),
    () => ({ what: 'hold', participant: someone(), file }),
    () => ({ what: 'unhold', participant: someone() }),
    () => ({ what: 'playTo', participant: someone(), file }),
    () => ({ what: 'stopPlayTo', participant: someone() }),
    () => ({ what: 'setMode', participant: someone(), mode: chance.of(MODES) ?? 'both' }),
  ];
  return (chance.of(wishes) ?? (() => ({ what: 'leave' } as const)))();
}
