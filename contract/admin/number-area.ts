import { operation } from '../operation.ts';
import { integer, list, object, text } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const BASE = `${ADMIN}/number-areas`;

const MEBIBYTE = 1024 * 1024;

export const countNumberAreas = operation({
  id: 'countNumberAreas', family: admin, tag: 'Numbers',
  method: 'GET', path: BASE, auth: 'session', permission: 'installation',
  summary: 'Tell how many number prefixes are known',
  request: {},
  result: object({
    shipped: integer('Prefixes that come with Parley.'),
    imported: integer('Prefixes of the imported set.'),
    prefixes: integer('Different prefixes that lookups go by; an imported one takes the place of a shipped one.'),
  }),
  examples: [{ response: { shipped: 388, imported: 0, prefixes: 388 } }],
});

export const importNumberAreas = operation({
  id: 'importNumberAreas', family: admin, tag: 'Numbers',
  method: 'POST', path: `${BASE}/import`, auth: 'session', permission: 'installation',
  summary: 'Import a set of number prefixes',
  description: 'The set replaces the one imported before; the header alone clears it. Lines that are wrong are left out and told. A file that cannot be '
    + 'read to its end, or of whose lines none is right, is refused and changes nothing. Lookups (5.3.6) go by the new set at once.',
  maxBodyBytes: 64 * MEBIBYTE,
  request: {
    body: object({
      csv: text('CSV with the columns prefix, areaCode, province, city, cityCode, isp and postCode, named in the first line. Up to a million lines.', {
        max: 64 * MEBIBYTE,
      }),
    }),
  },
  result: object({
    imported: integer('Prefixes that were imported.'),
    refusedCount: integer('Lines that were left out.'),
    refused: list(object({ line: integer('Number of the line, from 1.'), reason: text('Why it was left out.') }), 'The first thousand of these lines.'),
  }),
  errors: [errors.invalid],
  examples: [{
    request: { csv: 'prefix,areaCode,province,city,cityCode,isp,postCode\n1302002,110100,Beijing,Beijing,010,China Unicom,100000\n130,,,,,,\n' },
    response: { imported: 1, refusedCount: 1, refused: [{ line: 3, reason: 'isp-missing' }] },
  }],
});
