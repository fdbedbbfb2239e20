import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultOf, type Mail } from '../../engine/mail.ts';

export interface MailFolderOptions {
  readonly folder: string;
  readonly from: string;
  readonly clock: () => number;
}

/** RFC 2047: what is not ASCII, as encoded words. */
const encoded = (text: string): string => (/^[ -~]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`);

/** Letters as files (RFC 5322) that mail programs open, for whoever runs Parley to read: nothing leaves the machine. */
export function createMailFolder({ folder, from, clock }: MailFolderOptions): Mail {
  return {
    leaves: false,
    send: async (letter) => {
      const fault = faultOf(letter);
      if (fault !== undefined) return fault;
      const { to, subject, text } = letter;
      const at = new Date(clock());
      const name = `${at.toISOString().replace(/[:.]/g, '-')}-${randomBytes(4).toString('hex')}`;
      const lines = [
        `From: ${from}`, `To: ${to}`, `Subject: ${encoded(subject)}`, `Date: ${at.toUTCString().replace('GMT', '+0000')}`, `Message-ID: <${name}@parley.invalid>`,
        'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', ...text.split(/\r?\n/),
      ];
      // There may be passwords in it.
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${name}.eml`);
      await writeFile(`${path}.part`, `${lines.join('\r\n')}\r\n`, { mode: 0o600 });
      await rename(`${path}.part`, path);
      return { ok: true };
    },
  };
}
