import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dayBegins } from '@parley/core/time/zone.ts';
import { createRecount, type Figures } from './recount.ts';

/* node sim/recount/main.ts --calls x_call_1.csv --operations x_agentOprInfo_1.csv --zone Europe/Berlin --from 2026-03-27 --to 2026-03-28 [--skill 5] [--agent 101] [--flow 7] */

const { values } = parseArgs({
  options: {
    calls: { type: 'string', multiple: true, default: [] }, operations: { type: 'string', multiple: true, default: [] },
    /** Of the times in the files, and of the days. */
    zone: { type: 'string', default: 'UTC' }, days: { type: 'string' },
    /** From the beginning of a day up to that of another one. */
    from: { type: 'string' }, to: { type: 'string' },
    skill: { type: 'string' }, agent: { type: 'string' }, flow: { type: 'string' },
  },
});
const { calls, operations, zone, days = zone, from, to, skill, agent, flow } = values;
if (from === undefined || to === undefined || calls.length === 0) throw new Error('--calls, --from and --to must be given');

const textOf = (files: readonly string[]): string => files.map((file) => readFileSync(file, 'utf8')).join('');
const recount = createRecount({ calls: textOf(calls), operations: textOf(operations), zone });
const period = { from: dayBegins(days, from) / 1000, to: dayBegins(days, to) / 1000 };

function figures(): Figures {
  if (skill !== undefined) return recount.skill(Number(skill), period);
  if (agent !== undefined) return recount.agent(Number(agent), period);
  return flow === undefined ? recount.vdn(period) : recount.flow(Number(flow), period);
}

for (const [code, value] of Object.entries(figures())) console.log(`${code} ${value}`);
