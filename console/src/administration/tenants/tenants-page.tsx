import { ActionIcon, Badge, Button, Menu } from '@mantine/core';
import { Building2, CircleDollarSign, EllipsisVertical, FileText, Plus } from 'lucide-react';
import { useState } from 'react';
import { listTenants } from '@parley/contract/admin/tenant.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useAskedByPage } from '../../session/asking.ts';
import { tenantNow } from '../../session/client.ts';
import { actFor } from '../../session/session.ts';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { CustomerEditor } from './customer-editor.tsx';
import { TenantEditor } from './tenant-editor.tsx';
import { tenantTexts } from './tenant-texts.ts';
import type { Tenant } from './tenants.ts';
import { TollEditor } from './toll-editor.tsx';

interface Opened {
  readonly what: 'settings' | 'tolls' | 'customer';
  /** Undefined for a new one. */
  readonly vdnId: number | undefined;
}

interface ActionsProps {
  readonly tenant: Tenant;
  readonly onOpen: (opened: Opened) => void;
}

function Actions({ tenant: { vdnId, name, enabled }, onOpen }: ActionsProps) {
  const text = useText(tenantTexts);
  const kept = useQueryClient();
  const [, go] = useLocation();
  const isActing = tenantNow() === vdnId;
  const act = (): void => {
    actFor(vdnId);
    void kept.invalidateQueries();
    go('/');
  };
  return (
    <>
      <Button size="compact-xs" variant={isActing ? 'light' : 'default'} disabled={!enabled} onClick={act}>{isActing ? text.acting : text.act}</Button>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon size="sm" variant="subtle" color="gray" aria-label={text.more(name)}><EllipsisVertical size={16} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<CircleDollarSign size={16} />} onClick={() => { onOpen({ what: 'tolls', vdnId }); }}>{text.tolls}</Menu.Item>
          <Menu.Item leftSection={<FileText size={16} />} onClick={() => { onOpen({ what: 'customer', vdnId }); }}>{text.customer}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** The tenants of the installation, for its operators. */
export function TenantsPage() {
  const text = useText(tenantTexts);
  const pages = useAskedByPage(listTenants, {}, 'after');
  const tenants = pages.data?.pages.flatMap((page) => page.tenants);
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => { setOpened(undefined); };
  const tenant = tenants?.find(({ vdnId }) => vdnId === opened?.vdnId);
  const create = <Button leftSection={<Plus size={16} />} onClick={() => { setOpened({ what: 'settings', vdnId: undefined }); }}>{text.create}</Button>;
  const columns: readonly Column<Tenant>[] = [
    { id: 'name', title: text.name, orderBy: ({ name }) => name, render: ({ name }) => name },
    { id: 'vdnId', title: text.vdnId, width: 70, isNumber: true, orderBy: ({ vdnId }) => vdnId, render: ({ vdnId }) => vdnId },
    { id: 'tenantId', title: text.tenantId, orderBy: ({ tenantId }) => tenantId, render: ({ tenantId }) => tenantId },
    { id: 'timeZone', title: text.timeZone, orderBy: ({ timeZone }) => timeZone, render: ({ timeZone }) => timeZone },
    { id: 'agents', title: text.limited.agents, isNumber: true, render: ({ limits }) => limits.agents ?? text.unlimited },
    { id: 'state', title: text.state, render: ({ enabled }) => <Badge color={enabled ? 'teal' : 'gray'} variant="light">{enabled ? text.on : text.off}</Badge> },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <Records
        label={text.title} rows={tenants} idOf={({ vdnId }) => vdnId} columns={columns} error={pages.error} onRetry={() => { void pages.refetch(); }}
        onOpen={({ vdnId }) => { setOpened({ what: 'settings', vdnId }); }} actions={(row) => <Actions tenant={row} onOpen={setOpened} />}
        more={{ isThere: pages.hasNextPage, isLoading: pages.isFetchingNextPage, show: () => { void pages.fetchNextPage(); } }}
        empty={<Empty icon={Building2} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {opened?.what === 'settings' && (opened.vdnId === undefined || tenant !== undefined) && <TenantEditor key={opened.vdnId ?? 'new'} tenant={tenant} onClose={close} />}
      {opened?.what === 'tolls' && tenant !== undefined && <TollEditor key={tenant.vdnId} tenant={tenant} onClose={close} />}
      {opened?.what === 'customer' && tenant !== undefined && <CustomerEditor key={tenant.vdnId} tenant={tenant} onClose={close} />}
    </Page>
  );
}
