import { listAudit, listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Input, Result } from '@parley/contract/operation.ts';
import type { Database } from '../../database/connect.ts';
import { searchAudit } from './store.ts';

const LIMIT = 50;
const INSTALLATION = 0;

export function auditHandlers({ db }: { readonly db: Database }): readonly Handler[] {
  const page = async (vdnId: number, { limit = LIMIT, ...filter }: Input<typeof listAudit>): Promise<Result<typeof listAudit>> => {
    // One more than asked for tells whether there is a next page.
    const found = await searchAudit(db, vdnId, filter, limit + 1);
    const entries = found.slice(0, limit);
    const oldest = entries.at(-1);
    return { entries, ...(found.length > limit && oldest !== undefined ? { next: oldest.id } : {}) };
  };
  return [
    handle(listAudit, (input, { vdnId }) => page(vdnId, input)),
    handle(listInstallationAudit, (input) => page(INSTALLATION, input)),
  ];
}
