import { Button, Group, Select, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useDebouncedValue } from '@mantine/hooks';
import { FileClock } from 'lucide-react';
import { useState } from 'react';
import { listAudit, listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { momentOf, pickedOf, usePickerLocale } from '../../calls/moment.ts';
import { useAskedByPage } from '../../session/asking.ts';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { auditTexts } from './audit-texts.ts';
import { useAuditWords, type AuditWords, type Choice } from './audit-words.ts';
import { filtersOf, NO_FILTER, type Entry, type FilterDraft } from './audit.ts';
import { ChangeInLine, EntryDetails } from './difference.tsx';

const TYPING_MS = 300;

interface FiltersProps {
  readonly draft: FilterDraft;
  readonly isSet: boolean;
  readonly words: AuditWords;
  /** Who is to be seen in the trail and is not among those who are known. */
  readonly others: readonly Choice[];
  readonly onChange: (draft: FilterDraft) => void;
}

function Filters({ draft, isSet, words: { actors, kinds }, others, onChange }: FiltersProps) {
  const text = useText(auditTexts);
  const locale = usePickerLocale();
  const set = (changes: Partial<FilterDraft>): void => { onChange({ ...draft, ...changes }); };
  const select = { size: 'xs', w: 190, searchable: true, clearable: true, limit: 100 } as const;
  const time = { size: 'xs', w: 165, clearable: true, locale, valueFormat: 'YYYY-MM-DD HH:mm' } as const;
  return (
    <Group component="search" gap="xs" align="flex-end" aria-label={text.filters}>
      <Select {...select} label={text.actor} placeholder={text.anybody} data={[...actors, ...others]} value={draft.actor || null} onChange={(actor) => { set({ actor: actor ?? '' }); }} />
      <Select {...select} label={text.what} placeholder={text.anything} data={[...kinds]} value={draft.what || null} onChange={(what) => { set({ what: what ?? '' }); }} />
      <TextInput size="xs" w={90} label={text.whatId} maxLength={200} value={draft.whatId} onChange={({ currentTarget }) => { set({ whatId: currentTarget.value }); }} />
      <DateTimePicker {...time} label={text.from} value={pickedOf(draft.from)} onChange={(value) => { set({ from: momentOf(value) }); }} />
      <DateTimePicker {...time} label={text.to} value={pickedOf(draft.to)} onChange={(value) => { set({ to: momentOf(value) }); }} />
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
  const words = useAuditWords(op.id === listInstallationAudit.id);
  const { whoOf, thingOf, actors } = words;
  const { moment } = useFormat();
  const [draft, setDraft] = useState(NO_FILTER);
  const [typed] = useDebouncedValue(draft, TYPING_MS);
  const [opened, setOpened] = useState<Entry>();
  const pages = useAskedByPage(op, filtersOf(typed), 'olderThan');
  const entries = pages.data?.pages.flatMap((page) => page.entries);
  const isSet = draft !== NO_FILTER;
  const seen = new Set([...(entries ?? []).map(({ actor }) => actor), ...(draft.actor === '' ? [] : [draft.actor])]);
  const others = [...seen].filter((actor) => actors.every(({ value }) => value !== actor)).map((value) => ({ value, label: whoOf(value) }));
  const columns: readonly Column<Entry>[] = [
    { id: 'at', title: text.at, width: 190, render: ({ at }) => moment(at) },
    { id: 'actor', title: text.actor, render: ({ actor }) => whoOf(actor) },
    { id: 'what', title: text.what, render: thingOf },
    { id: 'change', title: text.change, render: (entry) => <ChangeInLine entry={entry} /> },
    { id: 'source', title: text.source, render: ({ source }) => source },
  ];
  return (
    <Page title={title} about={about}>
      <Filters draft={draft} isSet={isSet} words={words} others={others} onChange={setDraft} />
      <Records
        label={title} rows={entries} idOf={({ id }) => id} columns={columns} error={pages.error} onRetry={() => { void pages.refetch(); }} onOpen={setOpened}
        more={{ isThere: pages.hasNextPage, isLoading: pages.isFetchingNextPage, show: () => { void pages.fetchNextPage(); } }}
        empty={<Empty icon={FileClock} title={isSet ? text.none : text.empty} hint={isSet ? text.noneHint : text.emptyHint} />}
      />
      {opened !== undefined && <EntryDetails entry={opened} title={thingOf(opened)} who={whoOf(opened.actor)} onClose={() => { setOpened(undefined); }} />}
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
