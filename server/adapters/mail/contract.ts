import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Letter, Mail } from '../../engine/mail.ts';

/** A letter as it arrived. */
export interface Arrived extends Letter {
  readonly from: string;
}

export interface MailUnderTest {
  readonly mail: Mail;
  /** The letters that arrived, as a reader sees them, oldest first. */
  readonly arrived: () => Promise<readonly Arrived[]>;
  readonly close: () => Promise<void>;
}

export const SENDER = 'Parley <parley@example.com>';

const letter = (changes: Partial<Letter> = {}): Letter => ({ to: 'ann@example.com', subject: 'Your code', text: 'It is 123456.', ...changes });

/** Every post office passes these. */
export function describeMail(name: string, create: () => Promise<MailUnderTest>): void {
  describe(name, () => {
    const open: MailUnderTest[] = [];
    const fresh = async (): Promise<MailUnderTest> => {
      const made = await create();
      open.push(made);
      return made;
    };
    after(async () => { for (const { close } of open) await close(); });

    test('a letter arrives as it was written', async () => {
      const { mail, arrived } = await fresh();
      assert.deepEqual(await mail.send(letter()), { ok: true });
      assert.deepEqual(await arrived(), [{ from: SENDER, ...letter() }]);
    });

    test('in any script, in long lines and in lines that begin with a dot', async () => {
      const { mail, arrived } = await fresh();
      const sent = letter({ subject: 'Grüße aus Köln – 你好', text: `Grüße\n.\n..dots\n\nFrom here\n${'long '.repeat(400)}\n你好` });
      assert.deepEqual(await mail.send(sent), { ok: true });
      const [read] = await arrived();
      assert.deepEqual([read?.subject, read?.text], [sent.subject, sent.text]);
    });

    test('many at once arrive each once', async () => {
      const { mail, arrived } = await fresh();
      const numbers = Array.from({ length: 10 }, (_, index) => `person${index}@example.com`);
      await Promise.all(numbers.map((to) => mail.send(letter({ to }))));
      assert.deepEqual((await arrived()).map(({ to }) => to).toSorted(), numbers);
    });

    test('what could smuggle in a header or a receiver is refused', async () => {
      const { mail, arrived } = await fresh();
      const wrong = [
        { to: 'ann@example.com\r\nBcc: eve@example.com' }, { to: 'ann@example.com, eve@example.com' }, { to: 'Ann <ann@example.com>' }, { to: '' }, { to: 'ann' },
        { subject: 'Your code\r\nBcc: eve@example.com' }, { subject: 'x'.repeat(201) }, { text: 'x'.repeat(100_001) },
      ];
      for (const changes of wrong) {
        const outcome = await mail.send(letter(changes));
        assert.equal(outcome.ok ? 'sent' : outcome.why, 'refused', JSON.stringify(changes).slice(0, 80));
      }
      assert.deepEqual(await arrived(), []);
    });
  });
}
