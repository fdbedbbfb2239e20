import { createUser } from '@parley/contract/admin/user.ts';
import { changeOwnPassword, setUp, signIn as signInOperation } from '@parley/contract/admin/session.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { readDemo, type Demo, type ParleyProcess } from '../parley-process.ts';

export const PASSWORD = 'Curious-Teapot-41';
const FIRST_PASSWORD = 'Sunny-Teapot-42';

/** Those who use the console in tests, and the demo tenant they belong to. */
export interface People {
  readonly demo: Demo;
  readonly operator: string;
  readonly administrator: string;
  readonly supervisor: string;
  /** Calls operations of `/admin/v1` for the demo tenant. */
  readonly asOperator: Client;
}

/** A session's token out of the cookie, for a client that is no browser. */
export async function clientOf(url: string, account: string, password: string, headers: Readonly<Record<string, string>> = {}): Promise<Client> {
  const { headers: reply } = await createClient({ baseUrl: url }).call(signInOperation, { account, password });
  const [, session = ''] = /parley_session=([^;]+)/.exec(reply.get('set-cookie') ?? '') ?? [];
  return createClient({ baseUrl: url, authorize: async (request) => ({ ...await withBearer(session)(request), ...headers }) });
}

/** Makes the first operator by the link of the start, and with that account a supervisor and an administrator of the demo tenant. */
export async function invitePeople({ url, output }: Pick<ParleyProcess, 'url' | 'output'>, dataFolder: string): Promise<People> {
  const demo = readDemo(dataFolder);
  const [, token = ''] = /\/setup#(\S+)/.exec(output()) ?? [];
  const operator = 'olga.operator';
  await createClient({ baseUrl: url }).ask(setUp, { token, account: operator, name: 'Olga', password: PASSWORD });
  const asOperator = await clientOf(url, operator, PASSWORD, { 'x-parley-tenant': String(demo.vdnId) });
  const invite = async (account: string, name: string, role: 'supervisor' | 'administrator'): Promise<string> => {
    await asOperator.ask(createUser, { account, name, role, password: FIRST_PASSWORD });
    await (await clientOf(url, account, FIRST_PASSWORD)).ask(changeOwnPassword, { oldPassword: FIRST_PASSWORD, newPassword: PASSWORD });
    return account;
  };
  return { demo, operator, asOperator, supervisor: await invite('sam.supervisor', 'Sam', 'supervisor'), administrator: await invite('ann.administrator', 'Ann', 'administrator') };
}
