import assert from 'node:assert/strict';
import { addTrialAccessCode, setTrial } from '@parley/contract/admin/trial.ts';
import { withAsk, type Client } from '@parley/contract/client.ts';
import type { Input } from '@parley/contract/operation.ts';
import { applyTenant, generateVerifyCode } from '@parley/contract/provision/trial.ts';
import { createMailMemory, type MailMemory } from '../../adapters/mail/memory.ts';
import type { Letter } from '../../engine/mail.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';

/** An installation that gives out trials, and those who want one. */
export interface TrialOffice {
  readonly floor: LiveFloor;
  readonly mail: MailMemory;
  readonly operator: Client;
  /** A telephone number that nobody had before. */
  readonly newPhone: () => string;
  readonly provide: () => Promise<string>;
  readonly set: (changes: Input<typeof setTrial>) => Promise<void>;
  /** 17.2, and its code. */
  readonly ask: (phone: string, email?: string) => Promise<string>;
  /** 17.3, and its code. */
  readonly apply: (changes: Partial<Input<typeof applyTenant>> & { readonly phone: string }) => Promise<string>;
  /** The code that was mailed last. */
  readonly codeMailed: () => string;
  /** All of it: a code, and the application with it. */
  readonly tryParley: (phone?: string) => Promise<{ readonly returnCode: string; readonly letter: Letter | undefined; readonly phone: string }>;
}

const HOUR = 3_600_000;
let numbers = 0;

export async function openTrialOffice(): Promise<TrialOffice> {
  const mail = createMailMemory();
  const floor = await openLiveFloor({ world: { mail } });
  const { server } = floor;
  // Hours pass here, and sessions with them.
  const operator = withAsk({ call: async (op, input, headers) => (await server.signedIn(0, 'operator')).call(op, input, headers) });
  const newPhone = (): string => `1667328${String(numbers += 1).padStart(4, '0')}`;
  const emailOf = (phone: string): string => `zhang.${phone}@example.com`;
  // The letter with the passwords of an earlier applicant may come behind it: a job sends that.
  const codeMailed = (): string => mail.letters.flatMap(({ text }) => /code is (\d{6})/.exec(text)?.[1] ?? []).at(-1) ?? '';
  const ask: TrialOffice['ask'] = async (phone, email) => {
    // One network address has so many an hour.
    server.advance(HOUR);
    return String((await server.anyone.call(generateVerifyCode, { phone, ...(email === undefined ? {} : { email }) })).body['retCode']);
  };
  const apply: TrialOffice['apply'] = async (changes) => {
    const { body } = await server.anyone.call(applyTenant, { companyName: 'Example Ltd', phoneVerifyCode: codeMailed(), email: emailOf(changes.phone), ...changes });
    assert.equal(body['returnCode'], body['retCode']);
    return String(body['returnCode']);
  };
  return {
    floor, mail, operator, newPhone, ask, apply, codeMailed,
    provide: async () => {
      const code = `97${String(numbers += 1).padStart(5, '0')}`;
      assert.equal((await operator.call(addTrialAccessCode, { code })).status, 200);
      return code;
    },
    set: async (changes) => { assert.equal((await operator.call(setTrial, changes)).status, 200); },
    tryParley: async (phone = newPhone()) => {
      assert.equal(await ask(phone), '200');
      const returnCode = await apply({ phone });
      await server.jobsDone();
      return { returnCode, phone, letter: mail.letters.findLast(({ to }) => to === emailOf(phone)) };
    },
  };
}

/** What stands behind a name in a letter, each time it does. */
export const linesOf = (letter: Letter | undefined, name: string): readonly string[] =>
  (letter?.text ?? '').split('\n').filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
