import { ActionIcon, Button, Switch } from '@mantine/core';
import { changeOutcome, deleteOutcome, listOutcomes } from '@parley/contract/admin/outcome.ts';
import { ArrowDown, ArrowUp, Plus, Tags } from 'lucide-react';
import { useState } from 'react';
import type { Outcome } from '../../outcomes/outcomes.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { useSession } from '../../session/session.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Empty } from '../../show/empty.tsx';
import { useNotice } from '../../show/notice.ts';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { outcomeAdminTexts } from './outcome-admin-texts.ts';
import { OutcomeEditor } from './outcome-editor.tsx';

function InUse({ outcome: { code, name, enabled }, isChangeable }: { readonly outcome: Outcome; readonly isChangeable: boolean }) {
  const text = useText(outcomeAdminTexts);
  const notice = useNotice();
  const change = useChange(changeOutcome, [listOutcomes]);
  const set = (isOn: boolean): void => {
    change.mutate({ code, enabled: isOn }, { onSuccess: () => { notice.done(isOn ? text.switchedOn(name) : text.switchedOff(name)); }, onError: notice.failed });
  };
  if (!isChangeable) return enabled ? text.on : text.off;
  // The row opens the editor; its switch does not.
  return (
    <Switch
      checked={enabled} disabled={change.isPending} aria-label={text.use(name)} onClick={(event) => { event.stopPropagation(); }}
      onChange={({ currentTarget }) => { set(currentTarget.checked); }}
    />
  );
}

function Actions({ outcome: { code, name }, place, count }: { readonly outcome: Outcome; readonly place: number; readonly count: number }) {
  const text = useText(outcomeAdminTexts);
  const notice = useNotice();
  const change = useChange(changeOutcome, [listOutcomes]);
  const remove = useChange(deleteOutcome, [listOutcomes]);
  const move = (to: number): void => { change.mutate({ code, place: to }, { onError: notice.failed }); };
  return (
    <>
      <ActionIcon variant="subtle" disabled={place === 1 || change.isPending} aria-label={text.up(name)} onClick={() => { move(place - 1); }}><ArrowUp size={16} /></ActionIcon>
      <ActionIcon variant="subtle" disabled={place === count || change.isPending} aria-label={text.down(name)} onClick={() => { move(place + 1); }}><ArrowDown size={16} /></ActionIcon>
      <ConfirmButton size="compact-xs" question={text.removeQuestion(name)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutateAsync({ code })}>
        {text.remove}
      </ConfirmButton>
    </>
  );
}

/** What agents can say that came of a call. */
export function OutcomesPage() {
  const text = useText(outcomeAdminTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  const list = useAsked(listOutcomes, {});
  const [edited, setEdited] = useState<Outcome | 'new'>();
  const rows = list.data?.outcomes;
  const create = mayChange && <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.create}</Button>;
  const columns: readonly Column<Outcome>[] = [
    { id: 'name', title: text.name, render: ({ name }) => name },
    { id: 'code', title: text.code, render: ({ code }) => code },
    { id: 'description', title: text.description, render: ({ description }) => description },
    { id: 'enabled', title: text.enabled, render: (outcome) => <InUse outcome={outcome} isChangeable={mayChange} /> },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <Records
        label={text.title} rows={rows} idOf={({ code }) => code} columns={columns} error={list.error} onRetry={() => { void list.refetch(); }} onOpen={setEdited}
        actions={mayChange && rows !== undefined ? (outcome) => <Actions outcome={outcome} place={rows.indexOf(outcome) + 1} count={rows.length} /> : undefined}
        empty={<Empty icon={Tags} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {edited !== undefined && <OutcomeEditor outcome={edited === 'new' ? undefined : edited} isChangeable={mayChange} onClose={() => { setEdited(undefined); }} />}
    </Page>
  );
}
