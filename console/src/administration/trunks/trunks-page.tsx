import { Alert, Badge, Button, Stack, Text, Title, Tooltip } from '@mantine/core';
import { Network, Plus } from 'lucide-react';
import { useState } from 'react';
import { deleteTrunk, liftBan, listTrunks, showTrunkStatus } from '@parley/contract/admin/trunk.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { TrunkEditor } from './trunk-editor.tsx';
import { trunkTexts } from './trunk-texts.ts';
import { standingOf, type Ban, type Standing, type Trunk, type TrunkStatus } from './trunks.ts';

const LIVE_MS = 5000;
const COLOURS: Readonly<Record<Standing, string>> = { up: 'teal', avoided: 'yellow', registering: 'blue', failed: 'red', refused: 'red', notInForce: 'gray' };

function Remove({ trunk: { id, name } }: { readonly trunk: Trunk }) {
  const text = useText(trunkTexts);
  const remove = useChange(deleteTrunk, [listTrunks, showTrunkStatus]);
  return (
    <ConfirmButton size="compact-xs" question={text.removeQuestion(name)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutateAsync({ id })}>
      {text.remove}
    </ConfirmButton>
  );
}

/** How a trunk stands, and each of its machines when one points at it. */
function Stands({ status }: { readonly status: TrunkStatus | undefined }) {
  const text = useText(trunkTexts);
  if (status === undefined) return null;
  const standing = standingOf(status);
  const peers = status.peers.map(({ host, state }) => `${host} ${text.peerStates[state]}`).join(' · ');
  return <Tooltip label={peers} disabled={peers === ''}><Badge color={COLOURS[standing]} variant="light">{text.standings[standing]}</Badge></Tooltip>;
}

function Lift({ ban: { source } }: { readonly ban: Ban }) {
  const text = useText(trunkTexts);
  const lift = useChange(liftBan, [showTrunkStatus]);
  return (
    <ConfirmButton
      size="compact-xs" color="blue" question={text.liftQuestion(source)} consequence={text.liftMeans} isBusy={lift.isPending} error={lift.error} onConfirm={() => lift.mutateAsync({ source })}
    >
      {text.lift}
    </ConfirmButton>
  );
}

/** Those from whom no SIP is taken at the moment. */
function Bans({ bans }: { readonly bans: readonly Ban[] }) {
  const text = useText(trunkTexts);
  const format = useFormat();
  const columns: readonly Column<Ban>[] = [
    { id: 'source', title: text.source, render: ({ source }) => source },
    { id: 'fault', title: text.fault, render: ({ fault }) => text.faults[fault] },
    { id: 'until', title: text.until, orderBy: ({ until }) => until, render: ({ until }) => format.moment(until) },
    { id: 'times', title: text.times, isNumber: true, orderBy: ({ times }) => times, render: ({ times }) => times },
  ];
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">{text.bans}</Title>
      <Text size="sm" c="dimmed">{text.bansAbout}</Text>
      <Records label={text.bans} rows={bans} idOf={({ source }) => source} columns={columns} actions={(ban) => <Lift ban={ban} />} empty={<Text size="sm">{text.noBans}</Text>} />
    </Stack>
  );
}

/** The ways to the telephone network, how they stand, and who is kept off. */
export function TrunksPage() {
  const text = useText(trunkTexts);
  const trunks = useAsked(listTrunks, {});
  const status = useAsked(showTrunkStatus, {}, { everyMs: LIVE_MS });
  const [edited, setEdited] = useState<Trunk | 'new' | undefined>();
  const statusOf = (trunk: Trunk): TrunkStatus | undefined => status.data?.trunks.find(({ id }) => id === trunk.id);
  const create = <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.create}</Button>;
  const columns: readonly Column<Trunk>[] = [
    { id: 'name', title: text.name, orderBy: ({ name }) => name, render: ({ name }) => name },
    { id: 'state', title: text.state, render: (trunk) => <Stands status={statusOf(trunk)} /> },
    { id: 'peers', title: text.peers, render: ({ peers }) => peers.map(({ host, port, kind }) => `${kind} ${host}${port === undefined ? '' : `:${port}`}`).join(', ') },
    { id: 'calls', title: text.calls, isNumber: true, render: (trunk) => statusOf(trunk)?.calls ?? '–' },
    { id: 'limit', title: text.maxCalls, isNumber: true, render: ({ limits }) => limits?.calls ?? text.unlimited },
    { id: 'priority', title: text.priority, isNumber: true, orderBy: ({ priority = 0 }) => priority, render: ({ priority = 0 }) => priority },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      {status.data?.voice === 'simulated' && <Alert color="yellow" title={text.simulated}>{text.simulatedHint}</Alert>}
      <Records
        label={text.title} rows={trunks.data?.trunks} idOf={({ id }) => id} columns={columns} error={trunks.error ?? status.error} onOpen={setEdited}
        onRetry={() => { void trunks.refetch(); void status.refetch(); }} actions={(trunk) => <Remove trunk={trunk} />}
        empty={<Empty icon={Network} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {status.data !== undefined && <Bans bans={status.data.bans} />}
      {edited !== undefined && <TrunkEditor key={edited === 'new' ? 'new' : edited.id} trunk={edited === 'new' ? undefined : edited} onClose={() => { setEdited(undefined); }} />}
    </Page>
  );
}
