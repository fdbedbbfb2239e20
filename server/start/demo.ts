import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TSchema } from 'typebox';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createKey } from '@parley/contract/admin/key.ts';
import { createOutcome } from '@parley/contract/admin/outcome.ts';
import { createTenant, setTenantPassword } from '@parley/contract/admin/tenant.ts';
import { createUser } from '@parley/contract/admin/user.ts';
import { createWidgetKey } from '@parley/contract/admin/widget-key.ts';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import { isRefusal, refusalText } from '@parley/contract/refusal.ts';
import { passwordExpired } from '@parley/core/account/password.ts';
import type { Parley } from '../compose.ts';
import { createPerform, type Perform } from '../perform.ts';
import { generatePassword, hashPassword } from '../security/passwords.ts';
import { newToken } from '../security/vault.ts';
import { StartError } from '../start-error.ts';
import { patience, plainTreatment, voiceTreatment } from './demo-queue.ts';
import { makeTraffic, type DemoTraffic } from './traffic.ts';
import type { OpenedWorld } from './world.ts';

export interface Demo {
  readonly file: string;
  /** Of the link by which one is any of its people. */
  readonly token: string;
  /** Who is to be simulated, where that is wanted. */
  readonly traffic: DemoTraffic | undefined;
}

interface DemoAccount {
  readonly account: string;
  readonly accountPassword: string;
}

/** What demo.json says, as far as it is read again. What is optional was not made by former releases. */
interface DemoFile {
  readonly vdnId: number;
  readonly tenantId: string;
  readonly agents: readonly DemoAccount[];
  readonly accessCodes: readonly { readonly code: string; readonly routesTo: string }[];
  readonly administrator?: DemoAccount;
  readonly widgetKey?: string;
  readonly traffic?: DemoTraffic;
}

const TENANT_ID = 'demo';
const QUEUES = [
  { name: 'Sales', mediaTypeId: 5, skillParam: voiceTreatment },
  { name: 'Support', mediaTypeId: 5, skillParam: voiceTreatment },
  { name: 'Chat', mediaTypeId: 53, skillParam: plainTreatment },
] as const;

const OUTCOMES = [
  { code: 'solved', name: 'Solved' },
  { code: 'order', name: 'Order placed' },
  { code: 'call-back', name: 'Call back later', description: 'Promised to call again: say when in the remark.' },
] as const;

const AGENTS = [
  { account: 'alice.demo', name: 'Alice', role: 'agent', ccRoleId: 2 },
  { account: 'bob.demo', name: 'Bob', role: 'agent', ccRoleId: 2 },
  { account: 'carol.demo', name: 'Carol', role: 'agent', ccRoleId: 2 },
  { account: 'ida.demo', name: 'Ida', role: 'inspector', ccRoleId: 3 },
] as const;

const ADMINISTRATOR = { account: 'ada.demo', name: 'Ada', role: 'administrator' } as const;

const VERSATILE = 99;
const ACCESS_CODE = '1000';
/** The customer's page comes from Parley itself, whose own origin needs no naming; a key has to name one. */
const WIDGET_ORIGIN = 'http://localhost';

const makePassword = (): string => `${generatePassword(12)}-7`;

/** Does what is never refused. */
export type DemoPerformer = <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, vdnId: number, input: Input<Operation<Parts, R>>) => Promise<Result<Operation<Parts, R>>>;

/** The demo is set up as every user would set it up; nothing of it is refused. */
function unrefused(perform: Perform): DemoPerformer {
  return async (op, vdnId, input) => {
    const answer = await perform(op, vdnId, input);
    if (isRefusal(answer)) throw new Error(`the demo's ${op.id} was refused: ${refusalText(answer)}`);
    return answer;
  };
}

function read(file: string): DemoFile {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoFile;
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'Mend it, or move it away: what it describes stays, without its link.');
  }
}

const write = (file: string, demo: object): void => { writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 }); };

async function makeTenant(perform: DemoPerformer, addresses: OpenedWorld['addresses']): Promise<DemoFile> {
  // Most desktops that people try take the GUID at sign-in only.
  const tenant = await perform(createTenant, 0, { name: 'Demo', tenantId: TENANT_ID, guidMode: 'static' });
  const { vdnId } = tenant;
  const c5 = await perform(setTenantPassword, 0, { vdnId });
  const c1 = await perform(createKey, vdnId, { scheme: 'C1', label: 'demo' });
  const c2 = await perform(createKey, vdnId, { scheme: 'C2', label: 'demo' });
  const c3 = await perform(createKey, vdnId, { scheme: 'C3', label: 'demo' });

  const queues: { id: number; name: string }[] = [];
  for (const queue of QUEUES) {
    const { skillId } = await perform(createSkill, vdnId, { ...queue, description: `${queue.name} of the demo`, ...patience, maxAgentWrapupTime: 10 });
    queues.push({ id: Number(skillId), name: queue.name });
  }

  for (const outcome of OUTCOMES) await perform(createOutcome, vdnId, outcome);

  const agents = [];
  for (const { account, name, role, ccRoleId } of AGENTS) {
    const accountPassword = makePassword();
    const { workNo } = await perform(agentAccountCreate, vdnId, {
      userAccount: account, userName: name, password: accountPassword, email: `${account}@example.com`, agentType: VERSATILE, ccRoleId,
      skills: queues.map(({ id }) => ({ skillId: id, agentWeight: 1, skillWeight: 1 })),
    });
    agents.push({ workNo: String(workNo), account, accountPassword, role });
  }
  const phones = (await perform(querySysInfo, vdnId, {})).agents;

  await perform(createAccessCode, vdnId, { code: ACCESS_CODE, media: 5, direction: 3, description: 'Demo hotline' });
  const [sales, support] = queues;
  await perform(createCalledRoute, vdnId, { accessCode: ACCESS_CODE, devicetype: 1, deviceid: sales?.id ?? 1 });
  await perform(createCalledRoute, vdnId, { accessCode: ACCESS_CODE, extCode: '2', devicetype: 1, deviceid: support?.id ?? 2 });

  const demo = {
    ccId: tenant.ccId, vdnId, tenantId: tenant.tenantId,
    c1: { appKey: c1.keyId, appSecret: c1.secret },
    c2: { accessKey: c2.keyId, secretKey: c2.secret },
    c3: { appKey: c3.keyId, appSecret: c3.secret },
    c5: { agentId: c5.configurationAgentId, password: c5.password },
    agents: agents.map((agent) => {
      const phone = phones.find(({ workNo }) => String(workNo) === agent.workNo);
      return { ...agent, password: phone?.password, phone: phone?.sipAccount, sipPassword: phone?.sipPwd };
    }),
    queues,
    accessCodes: [{ code: ACCESS_CODE, routesTo: sales?.name ?? '' }, { code: `${ACCESS_CODE}2`, routesTo: support?.name ?? '' }],
    trunk: addresses.sip,
  };
  return demo;
}

/** What a demo of a former release lacks, a new one as well; an account of that name that is there already is somebody else's. */
async function complete(perform: Perform, parley: Parley, { db }: OpenedWorld, demo: DemoFile): Promise<DemoFile> {
  const { vdnId } = demo;
  let { administrator, widgetKey } = demo;
  if (administrator === undefined && await parley.accounts.find(db, vdnId, ADMINISTRATOR.account) === undefined) {
    administrator = { account: ADMINISTRATOR.account, accountPassword: makePassword() };
    await unrefused(perform)(createUser, vdnId, { ...ADMINISTRATOR, email: `${ADMINISTRATOR.account}@example.com`, password: administrator.accountPassword });
  }
  if (widgetKey === undefined) {
    // Where the numbers of the demo lead nowhere any more, there is nothing to call.
    const key = await perform(createWidgetKey, vdnId, { name: 'Demo shop', origins: [WIDGET_ORIGIN], accessCodes: demo.accessCodes.map(({ code }) => code) });
    if (!isRefusal(key)) widgetKey = key.id;
  }
  return { ...demo, ...(widgetKey === undefined ? {} : { widgetKey }), ...(administrator === undefined ? {} : { administrator }) };
}

/** Nobody types the passwords of the demo, so nobody would change one that is older than it may be (5.1.1), and the link would lead nowhere. */
async function renewPasswords(parley: Parley, { db, clock }: OpenedWorld, demo: DemoFile): Promise<DemoFile> {
  const renewed = async <Person extends DemoAccount>(person: Person): Promise<Person> => {
    const known = await parley.accounts.find(db, demo.vdnId, person.account);
    if (known === undefined || !passwordExpired(known.passwordChangedAt, clock())) return person;
    const accountPassword = makePassword();
    const passwordHash = await hashPassword(accountPassword);
    await parley.writer.write(demo.vdnId, { actor: 'demo', source: 'parley', operation: 'start' }, async ({ tx, at, record }) => {
      await parley.accounts.setPassword(tx, demo.vdnId, person.account, passwordHash, at);
      record({ what: 'account', id: person.account, before: { account: person.account, passwordChangedAt: known.passwordChangedAt }, after: { account: person.account, passwordChangedAt: at } });
    });
    return { ...person, accountPassword };
  };
  const agents = [];
  for (const agent of demo.agents) agents.push(await renewed(agent));
  return { ...demo, agents, ...(demo.administrator === undefined ? {} : { administrator: await renewed(demo.administrator) }) };
}

function noTraffic(error: unknown): never {
  throw new StartError(`The simulated traffic cannot be set up: ${error instanceof Error ? error.message : String(error)}.`, 'Start without --demo, or with a data folder of its own (PARLEY_DATA_DIR).');
}

/**
 * Makes the demo tenant where there is no tenant yet, and writes its secrets into demo.json; opens its door to whoever has the link of this start.
 * What has been deleted of it since stays deleted.
 */
export async function ensureDemo(world: OpenedWorld, parley: Parley, wantsTraffic = false): Promise<Demo | undefined> {
  const { db, clock, folder, addresses } = world;
  const file = join(folder, 'demo.json');
  const isFirst = (await parley.tenants.page(db, 0, 1)).length === 0;
  if (!isFirst && !existsSync(file)) return undefined;

  const perform = createPerform({ handlers: () => parley.handlers, clock, actor: 'demo' });
  let found: DemoFile;
  if (isFirst) {
    found = await makeTenant(unrefused(perform), addresses);
    // Written at once, as its secrets are told only now.
    write(file, found);
  } else {
    found = read(file);
    // The folder may have come to lie beside another database.
    if ((await parley.tenants.find(found.vdnId))?.tenantId !== found.tenantId) return undefined;
  }
  const completed = await complete(perform, parley, world, found);
  const traffic = completed.traffic ?? (wantsTraffic ? await makeTraffic(unrefused(perform), found.vdnId).catch(noTraffic) : undefined);
  const demo = await renewPasswords(parley, world, { ...completed, ...(traffic === undefined ? {} : { traffic }) });
  if (!isDeepStrictEqual(demo, found)) write(file, demo);

  const token = newToken(16);
  const { vdnId, agents, administrator, accessCodes, widgetKey } = demo;
  parley.demo.open({
    token, vdnId, accounts: [...agents, ...(administrator === undefined ? [] : [administrator])].map(({ account }) => account),
    // Browsers call where calls are real.
    customer: addresses.webrtc === undefined || widgetKey === undefined ? null : { widgetKey, numbers: accessCodes.map(({ code, routesTo }) => ({ code, name: routesTo })) },
  });
  return { file, token, traffic: wantsTraffic ? traffic : undefined };
}
