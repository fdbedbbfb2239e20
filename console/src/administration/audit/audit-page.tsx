import { Button, Code, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { FileClock } from 'lucide-react';
import { useState } from 'react';
import { listAudit, listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { useAskedByPage } from '../../session/asking.ts';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { auditTexts } from './audit-texts.ts';
import { filtersOf, NO_FILTER, type Entry, type FilterDraft } from './audit.ts';
import { ChangeInLine, EntryDetails } from './difference.tsx';

const TYPING_MS = 300;

interface FiltersProps {
  readonly draft: FilterDraft;
  readonly isSet: boolean;
  readonly onChange: (draft: FilterDraft) => void;
}

function Filters({ draft, isSet, onChange }: FiltersProps) {
  const text = useText(auditTexts);
  const field = (name: keyof FilterDraft) => ({ label: text[name], size: 'xs', value: draft[name], onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => { onChange({ ...draft, [name]: currentTarget.value }); } });
  return (
    <Group component="search" gap="xs" align="flex-end" aria-label={text.filters}>
      <TextInput {...field('actor')} placeholder={text.actorHint} maxLength={200} w={150} />
      <TextInput {...field('what')} placeholder={text.whatHint} maxLength={100} w={140} />
      <TextInput {...field('whatId')} maxLength={200} w={90} />
      <TextInput {...field('operation')} maxLength={100} w={130} />
      <TextInput {...field('from')} type="datetime-local" w={195} />
      <TextInput {...field('to')} type="datetime-local" w={195} />
      {isSet && <Button size="xs" variant="default" onClick={() => { onChange(NO_FILTER); }}>{text.clear}</Button>}
    </Group>
  );
}

interface TrailProps {
  readonly op: typeof listAudit;
  readonly title: string;
  readonly about: string;
}

function Trail({ op, title, about }: TrailProps) {
  const text = useText(auditTexts);
  const { moment } = useFormat();
  const [draft, setDraft] = useState(NO_FILTER);
  const [typed] = useDebouncedValue(draft, TYPING_MS);
  const [opened, setOpened] = useState<Entry>();
  const pages = useAskedByPage(op, filtersOf(typed), 'olderThan');
  const isSet = Object.values(draft).some((value) => value !== '');
  const columns: readonly Column<Entry>[] = [
    { id: 'at', title: text.at, width: 170, render: ({ at }) => moment(at) },
    { id: 'actor', title: text.actor, render: ({ actor }) => actor },
    { id: 'what', title: text.what, render: ({ what, whatId }) => text.entry(what, whatId) },
    { id: 'change', title: text.change, render: (entry) => <ChangeInLine entry={entry} /> },
    { id: 'operation', title: text.operation, render: ({ operation }) => <Code>{operation}</Code> },
    { id: 'source', title: text.source, render: ({ source }) => source },
  ];
  return (
    <Page title={title} about={about}>
      <Filters draft={draft} isSet={isSet} onChange={setDraft} />
      <Records
        label={title} rows={pages.data?.pages.flatMap(({ entries }) => entries)} idOf={({ id }) => id} columns={columns} error={pages.error} onRetry={() => { void pages.refetch(); }} onOpen={setOpened}
        more={{ isThere: pages.hasNextPage, isLoading: pages.isFetchingNextPage, show: () => { void pages.fetchNextPage(); } }}
        empty={<Empty icon={FileClock} title={isSet ? text.none : text.empty} hint={isSet ? text.noneHint : text.emptyHint} />}
      />
      {opened !== undefined && <EntryDetails entry={opened} onClose={() => { setOpened(undefined); }} />}
    </Page>
  );
}

/** Who changed what in the tenant. */
export function AuditPage() {
  const text = useText(auditTexts);
  return <Trail op={listAudit} title={text.title} about={text.about} />;
}

/** Who changed what in the installation itself. */
export function InstallationAuditPage() {
  const text = useText(auditTexts);
  return <Trail op={listInstallationAudit} title={text.installationTitle} about={text.installationAbout} />;
}
