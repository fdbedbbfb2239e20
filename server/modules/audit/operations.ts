import { listAudit, listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Input, Result } from '@parley/contract/operation.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import { pageOf } from '../../database/page.ts';
import { searchAudit } from './store.ts';

const LIMIT = 50;

export function auditHandlers({ db }: { readonly db: Database }): readonly Handler[] {
  const page = async (vdnId: number, { limit = LIMIT, ...filter }: Input<typeof listAudit>): Promise<Result<typeof listAudit>> => {
    const { items, ...rest } = await pageOf(limit, (most) => searchAudit(db, vdnId, filter, most), ({ id }) => id);
    return { entries: [...items], ...rest };
  };
  return [
    handle(listAudit, (input, { vdnId }) => page(vdnId, input)),
    handle(listInstallationAudit, (input) => page(INSTALLATION, input)),
  ];
}
