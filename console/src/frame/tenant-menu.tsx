import { Select } from '@mantine/core';
import { listTenants } from '@parley/contract/admin/tenant.ts';
import { useAsked } from '../session/asking.ts';
import { tenantNow } from '../session/client.ts';
import { kept } from '../session/kept.ts';
import { actFor, useSession } from '../session/session.ts';
import { catalogue, useText } from '../text/catalogue.ts';

const texts = catalogue({ en: { label: 'Tenant to act for', none: 'Choose a tenant' }, zh: { label: '代管的租户', none: '选择租户' } });

/** Operators choose the tenant they act for; everybody else has one. */
export function TenantMenu() {
  const text = useText(texts);
  const isOperator = useSession().role === 'operator';
  const tenants = useAsked(listTenants, {}, { enabled: isOperator });
  if (!isOperator) return null;
  return (
    <Select
      size="xs" w={190} searchable clearable aria-label={text.label} placeholder={text.none} value={tenantNow() === undefined ? null : String(tenantNow())}
      data={(tenants.data?.tenants ?? []).map(({ vdnId, name }) => ({ value: String(vdnId), label: name }))}
      onChange={(value) => {
        actFor(value === null ? undefined : Number(value));
        void kept.invalidateQueries();
      }}
    />
  );
}
