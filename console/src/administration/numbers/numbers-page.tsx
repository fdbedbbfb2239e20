import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, Hash, Layers, Plus, Workflow } from 'lucide-react';
import { useState } from 'react';
import { deleteAccessCode } from '@parley/contract/admin/access-code.ts';
import { deleteCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { api } from '../../session/client.ts';
import { useSession } from '../../session/session.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { NumberCheck } from './number-check.tsx';
import { NumberEditor } from './number-editor.tsx';
import { numberTexts } from './number-texts.ts';
import { forgetNumbers, targetOf, takesCalls, useNumbers, type NumberWays } from './numbers.ts';

function Remove({ ways: { code: { id, code }, routes } }: { readonly ways: NumberWays }) {
  const text = useText(numberTexts);
  const kept = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      if (routes.length > 0) await api.ask(deleteCalledRoute, { dnids: routes.map(({ dnid }) => dnid).join(',') });
      await api.ask(deleteAccessCode, { id });
    },
    onSettled: () => forgetNumbers(kept),
  });
  return (
    <ConfirmButton size="compact-xs" question={text.removeQuestion(code)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutateAsync()}>
      {text.remove}
    </ConfirmButton>
  );
}

/** Each way of a number, as one would say it: these digits, then there. */
function Ways({ ways: { code, routes } }: { readonly ways: NumberWays }) {
  const text = useText(numberTexts);
  if (routes.length === 0) return takesCalls(code.direction) ? <Badge color="yellow" variant="light">{text.nowhere}</Badge> : <Text size="sm" c="dimmed">{text.outbound}</Text>;
  return (
    <Stack gap={2}>
      {routes.map((route) => {
        const isFlow = targetOf(route).startsWith('flow');
        const Icon = isFlow ? Workflow : Layers;
        return (
          <Group key={route.id} gap={6} wrap="nowrap">
            <Text size="sm" c="dimmed" w={110}>{route.extCode === '' ? (routes.length === 1 ? text.everyCall : text.anyCall) : `+ ${route.extCode}`}</Text>
            <ArrowRight size={14} aria-hidden /><Icon size={14} aria-hidden />
            <Text size="sm">{isFlow ? text.flow(route.deviceDesc) : text.queue(route.deviceDesc)}</Text>
          </Group>
        );
      })}
    </Stack>
  );
}

/** What customers dial and where it leads: number, route and target in one. */
export function NumbersPage() {
  const text = useText(numberTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  const numbers = useNumbers();
  const [edited, setEdited] = useState<NumberWays | 'new' | undefined>();
  const create = mayChange && <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.create}</Button>;
  const columns: readonly Column<NumberWays>[] = [
    { id: 'number', title: text.number, width: 160, orderBy: ({ code }) => code.code, render: ({ code }) => code.code },
    { id: 'ways', title: text.leadsTo, render: (ways) => <Ways ways={ways} /> },
    { id: 'description', title: text.description, orderBy: ({ code }) => code.description, render: ({ code }) => code.description },
    { id: 'media', title: text.media, render: ({ code }) => text.mediaNames[code.media] },
    { id: 'service', title: text.serviceNumber, render: ({ code }) => code.serviceNumber },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <Records
        label={text.title} rows={numbers.data} idOf={({ code }) => code.id} columns={columns} error={numbers.error} onRetry={() => { void numbers.refetch(); }} onOpen={setEdited}
        actions={mayChange ? (ways) => <Remove ways={ways} /> : undefined} empty={<Empty icon={Hash} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      <NumberCheck />
      {edited !== undefined && (
        <NumberEditor key={edited === 'new' ? 'new' : edited.code.id} ways={edited === 'new' ? undefined : edited} isChangeable={mayChange} onClose={() => { setEdited(undefined); }} />
      )}
    </Page>
  );
}
