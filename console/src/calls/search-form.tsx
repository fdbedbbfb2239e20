import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { SlidersHorizontal } from 'lucide-react';
import { useSession } from '../session/session.ts';
import { outcomeTexts } from '../outcomes/outcome-texts.ts';
import { useText } from '../text/catalogue.ts';
import { callTexts } from './call-texts.ts';
import { useAgentChoices, useOutcomeChoices, useQueueChoices } from './choices.ts';
import { cleared, DIRECTIONS, isNarrowed, kindOf, KINDS, ofKind, type CallSearch } from './search.ts';
import { momentOf, pickedOf, usePickerLocale } from './moment.ts';

export interface SearchFormProps {
  readonly search: CallSearch;
  readonly onSearch: (search: CallSearch) => void;
}

const digits = (value: number | undefined): string | null => (value === undefined ? null : String(value));
const numberOf = (value: string | null): number | undefined => (value === null ? undefined : Number(value));
/** In one row on a small screen, and no wider than is of use on a large one. */
const wide = (px: number) => ({ size: 'xs', miw: 0, maw: px * 1.6, style: { flex: `1 1 ${px}px` } }) as const;

/** What calls are searched by. What is wanted now and then is behind a button. */
export function SearchForm({ search, onSearch }: SearchFormProps) {
  const text = useText(callTexts);
  const seesAll = useSession().permissions.includes('tenant.read');
  const queues = useQueueChoices(seesAll);
  const agents = useAgentChoices(seesAll);
  const outcomes = useOutcomeChoices();
  const { outcome } = useText(outcomeTexts);
  const locale = usePickerLocale();
  const [isMore, { toggle }] = useDisclosure(search.direction !== undefined || search.outcome !== undefined);
  const form = useForm({ initialValues: search });
  const { values, setFieldValue } = form;
  const select = { ...wide(105), clearable: true, limit: 100, placeholder: text.any } as const;
  const time = { ...wide(140), clearable: true, locale, valueFormat: 'YYYY-MM-DD HH:mm' } as const;
  return (
    <form onSubmit={form.onSubmit(onSearch)}>
      <Stack gap="xs">
        <Group align="flex-end" gap="xs">
          <SegmentedControl
            size="xs" aria-label={text.state} value={kindOf(search)} data={KINDS.map((kind) => ({ value: kind, label: text.states[kind] }))} onChange={(kind) => { onSearch(ofKind(values, kind)); }}
          />
          <TextInput {...wide(115)} label={text.number} placeholder={text.numberHint} maxLength={64} {...form.getInputProps('number')} />
          {seesAll && (
            <>
              <Select {...select} label={text.queue} searchable data={[...queues]} value={digits(values.queueId)} onChange={(value) => { setFieldValue('queueId', numberOf(value)); }} />
              <Select {...select} label={text.agent} searchable data={[...agents]} value={digits(values.workNo)} onChange={(value) => { setFieldValue('workNo', numberOf(value)); }} />
            </>
          )}
          <DateTimePicker {...time} label={text.from} value={pickedOf(values.from)} onChange={(value) => { setFieldValue('from', momentOf(value)); }} />
          <DateTimePicker {...time} label={text.to} value={pickedOf(values.to)} onChange={(value) => { setFieldValue('to', momentOf(value)); }} />
          <ActionIcon variant={isMore ? 'light' : 'default'} size={30} aria-label={text.more} title={text.more} aria-expanded={isMore} onClick={toggle}><SlidersHorizontal size={16} /></ActionIcon>
          <Button size="xs" type="submit">{text.search}</Button>
          {isNarrowed(search) && <Button size="xs" px="xs" variant="default" onClick={() => { onSearch(cleared(search)); }}>{text.clear}</Button>}
        </Group>
        {isMore && (
          <Group gap="xs">
            <Select
              {...select} label={text.direction} data={DIRECTIONS.map((direction) => ({ value: direction, label: text.directions[direction] }))}
              value={values.direction ?? null} onChange={(value) => { setFieldValue('direction', value ?? undefined); }}
            />
            {outcomes.length > 0 && (
              <Select {...select} label={outcome} searchable data={[...outcomes]} value={values.outcome ?? null} onChange={(value) => { setFieldValue('outcome', value ?? undefined); }} />
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}
