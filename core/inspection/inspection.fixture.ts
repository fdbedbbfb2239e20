import { aQueue, aSkill, createRig, EVERY_BIT, type Rig, type RigOptions } from '../centre/centre.fixture.ts';
import type { ConfigChange } from '../centre/config.ts';

/** Agents 101 and 102, who serve queue 1, and the inspectors 109 and 110, who serve none. */
export const INSPECTED: ConfigChange = {
  queues: [aQueue(1), aQueue(2)],
  roles: [{ id: 2, bits: [1, 5, 6] }, { id: 3, bits: EVERY_BIT }],
  agents: [101, 102, 109, 110].map((id) => ({ id, roleId: id < 109 ? 2 : 3, type: 4, skills: id < 109 ? [aSkill(1), aSkill(2)] : [] })),
};

/** The agent 101 and the inspector 109 are idle. */
export function aDesk({ config = INSPECTED, ...options }: RigOptions = {}): Rig {
  const rig = createRig({ config, ...options });
  rig.signIn(101);
  rig.signIn(109);
  rig.news();
  return rig;
}

/** What a leg hears of whom in a room, by the latest arrangement of it. */
export function hearingIn(rig: Rig, room: string): Readonly<Record<string, readonly string[]>> {
  const order = rig.orders.findLast((one) => one.kind === 'arrange' && one.room === room);
  const members = order?.kind === 'arrange' ? order.members : [];
  const isHeardBy = (leg: string, { to }: (typeof members)[number]): boolean => to === 'all' || (to !== 'none' && to.includes(leg));
  return Object.fromEntries(members.map(({ leg, hears }) => [
    leg, members.filter((other) => hears && other.leg !== leg && isHeardBy(leg, other)).map((other) => other.leg),
  ]));
}
