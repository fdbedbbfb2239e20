import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { describeMail, SENDER } from './contract.ts';
import { createMailFolder } from './folder.ts';
import { readLetter } from './letter-reader.fixture.ts';
import { createSmtpMail } from './smtp.ts';
import { startSmtpServer, type SmtpServer, type SmtpServerOptions } from './smtp-server.fixture.ts';

const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = join(await mkdtemp(join(tmpdir(), 'parley-mail-')), 'mail');
  folders.push(folder);
  return folder;
};
after(async () => { for (const folder of folders) await rm(join(folder, '..'), { recursive: true, force: true }); });

describeMail('letters in a folder', async () => {
  const folder = await newFolder();
  return {
    mail: createMailFolder({ folder, from: SENDER, clock: Date.now }),
    arrived: async () => {
      const names = await readdir(folder).catch(() => []);
      return Promise.all(names.toSorted((one, other) => (one < other ? -1 : 1)).map(async (name) => readLetter(await readFile(join(folder, name), 'utf8'))));
    },
    close: () => Promise.resolve(),
  };
});

describeMail('letters by SMTP', async () => {
  const server = await startSmtpServer();
  return {
    mail: createSmtpMail({ url: server.url, from: SENDER }),
    arrived: () => Promise.resolve(server.received.map(({ data }) => readLetter(data))),
    close: server.close,
  };
});

test('a letter in the folder is for its owner alone', async () => {
  const folder = await newFolder();
  await createMailFolder({ folder, from: SENDER, clock: () => 1_700_000_000_000 }).send({ to: 'ann@example.com', subject: 'a', text: 'b' });
  const [name = ''] = await readdir(folder);
  assert.match(name, /^2023-11-14T22-13-20-000Z-[0-9a-f]{8}\.eml$/);
  assert.equal((await stat(join(folder, name))).mode & 0o077, 0);
});

describe('a mail server', () => {
  const servers: SmtpServer[] = [];
  after(async () => { for (const { close } of servers) await close(); });
  const outcomeWith = async (options: SmtpServerOptions, changes: { readonly url?: (url: string) => string; readonly deadlineMs?: number } = {}) => {
    const server = await startSmtpServer(options);
    servers.push(server);
    const { url = (same: string) => same, deadlineMs = 5000 } = changes;
    const outcome = await createSmtpMail({ url: url(server.url), from: SENDER, deadlineMs }).send({ to: 'ann@example.com', subject: 'a', text: 'b' });
    return { outcome: outcome.ok ? 'sent' : outcome.why, received: server.received };
  };

  test('that refuses for good is not asked again, one that is busy is', async () => {
    assert.equal((await outcomeWith({ refusal: '550 no such mailbox' })).outcome, 'refused');
    assert.equal((await outcomeWith({ refusal: '451 come again later' })).outcome, 'unreachable');
  });

  test('that wants a name and a password is given them', async () => {
    const login = { user: 'parley@example.com', password: 'p%ss:w/rd' };
    const { outcome, received } = await outcomeWith({ login });
    assert.deepEqual([outcome, received[0]?.sender, received[0]?.receiver], ['sent', 'parley@example.com', 'ann@example.com']);
    assert.equal((await outcomeWith({ login }, { url: (url) => url.replace('rd@', 'xx@') })).outcome, 'unreachable', 'it can be put right');
  });

  test('that says nothing is waited for until the deadline, and one that is not there is told', async () => {
    assert.equal((await outcomeWith({ mute: true }, { deadlineMs: 200 })).outcome, 'unreachable');
    assert.equal((await outcomeWith({}, { url: () => 'smtp://127.0.0.1:1' })).outcome, 'unreachable');
  });
});
