import { countNumberAreas, importNumberAreas } from '@parley/contract/admin/number-area.ts';
import { errors as adminErrors } from '@parley/contract/admin/family.ts';
import { errors } from '@parley/contract/configuration/family.ts';
import { getPhoneNoRegionInfo, numberAreaErrors } from '@parley/contract/configuration/number-area.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { parseNumber, type NumberRefusal } from '@parley/core/number-area/phone-number.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { createAreas, NUMBER_AREA } from './areas.ts';
import { readShippedAreas } from './data/read-data.ts';
import { readAreaCsv } from './read-csv.ts';
import { countImported, replaceImported } from './store.ts';

export interface NumberAreaDependencies {
  readonly db: Database;
  readonly writer: Writer;
}

/** What is no number at all is a wrong parameter; a number that lies nowhere we know is an unknown one. */
const REFUSALS: Readonly<Record<NumberRefusal, { readonly isNumber: boolean; readonly words: string }>> = {
  'empty': { isNumber: false, words: 'holds no digits' },
  'too-long': { isNumber: false, words: 'is too long for a number' },
  'bad-character': { isNumber: false, words: 'holds characters that no number has' },
  'masked-prefix': { isNumber: false, words: 'hides the digits that tell the area' },
  'wrong-length': { isNumber: false, words: 'has not the length of a number' },
  'area-code-missing': { isNumber: false, words: 'is a fixed line without its area code' },
  'foreign': { isNumber: true, words: 'it is not a number of mainland China' },
  'unknown-area-code': { isNumber: true, words: 'nobody has this area code' },
  'service-number': { isNumber: true, words: 'it is a service number' },
};

function refuseNumber(phoneNo: string, reason: NumberRefusal): Refusal {
  const { isNumber, words } = REFUSALS[reason];
  return isNumber
    ? refuse(numberAreaErrors.areaUnknown, { phoneNo, reason: `: ${words}` })
    : refuse(errors.invalid, { field: 'phoneNo', message: `phoneNo ${words}` });
}

export function numberAreaHandlers({ db, writer }: NumberAreaDependencies): readonly Handler[] {
  const areas = createAreas({ db, writer });

  return [
    handle(getPhoneNoRegionInfo, async ({ phoneNo }) => {
      const parsed = parseNumber(phoneNo);
      if (!parsed.ok) return refuseNumber(phoneNo, parsed.reason);
      const found = await areas.find(parsed.number);
      if (found === undefined) return refuse(numberAreaErrors.areaUnknown, { phoneNo, reason: '' });
      const { areaCode, province, city, cityCode, isp, postCode, phoneNo: shown } = found;
      return { data: { areaCode, province, city, cityCode, isp, postCode, phoneNo: shown } };
    }),

    handle(countNumberAreas, async () => ({
      shipped: readShippedAreas().length, imported: await countImported(db), prefixes: await areas.prefixes(),
    })),

    handle(importNumberAreas, async ({ csv }, { by }) => {
      const { records, refused, refusedCount, complete } = await readAreaCsv(csv);
      const [first] = refused;
      if (first !== undefined && (!complete || records.length === 0)) {
        // A file is given up for its header, which is its first refusal, or else for its length.
        const reason = complete || refusedCount === 1 ? `line ${first.line}: ${first.reason}` : 'too-many-lines';
        return refuse(adminErrors.invalid, { field: 'csv', message: `csv is refused as a whole, ${reason}` });
      }
      const outcome = await writer.write(INSTALLATION, by, async ({ tx, record }) => {
        const before = await countImported(tx);
        await replaceImported(tx, records);
        record({ what: NUMBER_AREA, id: 'imported', before: { prefixes: before }, after: { prefixes: records.length } });
        return { imported: records.length, refusedCount, refused: [...refused] };
      });
      if (!isRefusal(outcome)) await areas.prepare();
      return outcome;
    }),
  ];
}
