import { ActionIcon, Button, Group, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, ListChecks, Plus, Trash } from 'lucide-react';
import { useState } from 'react';
import { replaceReasons, showReasons } from '@parley/contract/admin/workplace.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { Empty } from '../../show/empty.tsx';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { Loaded } from '../../show/loaded.tsx';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { CODES, flawOf, freeCode, moved, tidied, type Reason, type ReasonKind } from './reasons.ts';
import { workplaceTexts } from './workplace-texts.ts';

interface RowProps {
  readonly kind: ReasonKind;
  readonly reasons: readonly Reason[];
  readonly index: number;
  readonly onChange: (reasons: readonly Reason[]) => void;
}

function Row({ kind, reasons, index, onChange }: RowProps) {
  const text = useText(workplaceTexts);
  const reason = reasons[index];
  if (reason === undefined) return null;
  const flaw = flawOf(kind, reasons, index);
  const isOfCode = flaw === 'codeForm' || flaw === 'codeTwice';
  const change = (changes: Partial<Reason>): void => { onChange(reasons.with(index, { ...reason, ...changes })); };
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap" role="listitem">
      <NumberInput
        w={90} aria-label={text.codeOf(index + 1)} value={reason.code} min={0} max={CODES[kind].last} allowDecimal={false} error={isOfCode ? text.flaws[flaw] : undefined}
        onChange={(code) => { change({ code: typeof code === 'number' ? code : Number.NaN }); }}
      />
      <TextInput
        flex={1} maw={420} aria-label={text.nameOf(index + 1)} value={reason.name} maxLength={50} error={flaw === undefined || isOfCode ? undefined : text.flaws[flaw]}
        onChange={({ currentTarget }) => { change({ name: currentTarget.value }); }}
      />
      <Group gap={4} wrap="nowrap" pt={4}>
        <ActionIcon variant="subtle" disabled={index === 0} aria-label={text.up(reason.name)} onClick={() => { onChange(moved(reasons, index, -1)); }}><ArrowUp size={16} /></ActionIcon>
        <ActionIcon variant="subtle" disabled={index === reasons.length - 1} aria-label={text.down(reason.name)} onClick={() => { onChange(moved(reasons, index, 1)); }}><ArrowDown size={16} /></ActionIcon>
        <ActionIcon variant="subtle" color="red" aria-label={text.remove(reason.name)} onClick={() => { onChange(reasons.toSpliced(index, 1)); }}><Trash size={16} /></ActionIcon>
      </Group>
    </Group>
  );
}

/** For those who may not change them: nothing that looks as if one could. */
function PlainReasons({ kind, reasons }: { readonly kind: ReasonKind; readonly reasons: readonly Reason[] }) {
  const text = useText(workplaceTexts);
  return (
    <Table maw={520} withTableBorder aria-label={text.tabs[kind]}>
      <Table.Thead><Table.Tr><Table.Th w={90}>{text.code}</Table.Th><Table.Th>{text.name}</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>{reasons.map(({ code, name }) => <Table.Tr key={code}><Table.Td>{code}</Table.Td><Table.Td>{name}</Table.Td></Table.Tr>)}</Table.Tbody>
    </Table>
  );
}

interface ReasonListProps {
  readonly kind: ReasonKind;
  readonly saved: readonly Reason[];
  readonly isChangeable: boolean;
}

function ReasonList({ kind, saved, isChangeable }: ReasonListProps) {
  const text = useText(workplaceTexts);
  const notice = useNotice();
  const replace = useChange(replaceReasons, [showReasons]);
  /** Undefined while nothing has been changed, so that what others save meanwhile is seen. */
  const [draft, setDraft] = useState<readonly Reason[]>();
  const reasons = draft ?? saved;
  const isSound = reasons.every((_reason, index) => flawOf(kind, reasons, index) === undefined);
  const free = freeCode(kind, reasons);
  const save = (): void => {
    replace.mutate({ kind, reasons: tidied(reasons) }, {
      onSuccess: () => {
        setDraft(undefined);
        notice.done(text.reasonsSaved);
      },
    });
  };
  const add = isChangeable && free !== undefined && (
    <Button variant="light" leftSection={<Plus size={16} />} onClick={() => { setDraft([...reasons, { code: free, name: '' }]); }}>{text.add}</Button>
  );
  return (
    <Stack gap="xs" maw={720}>
      <Text size="sm" c="dimmed">{text.hint[kind]}{!isChangeable && ` ${text.lookOnly}`}</Text>
      {reasons.length === 0 ? <Empty icon={ListChecks} title={text.noReasons} hint={text.noReasonsHint} action={add} /> : !isChangeable ? <PlainReasons kind={kind} reasons={reasons} /> : (
        <>
          <Stack gap="xs" role="list" aria-label={text.tabs[kind]}>
            {reasons.map((_reason, index) => <Row key={index} kind={kind} reasons={reasons} index={index} onChange={setDraft} />)}
          </Stack>
          <Group>{add}</Group>
        </>
      )}
      {replace.error !== null && <FaultAlert error={replace.error} />}
      {isChangeable && (
        <Group justify="flex-end">
          <Button variant="default" disabled={draft === undefined} onClick={() => { setDraft(undefined); }}>{text.undo}</Button>
          <Button disabled={draft === undefined || !isSound} loading={replace.isPending} onClick={save}>{text.save}</Button>
        </Group>
      )}
    </Stack>
  );
}

/** The reasons of one kind, by their codes. */
export function ReasonsEditor({ kind, isChangeable }: Omit<ReasonListProps, 'saved'>) {
  const query = useAsked(showReasons, { kind });
  return <Loaded query={query}>{({ reasons }) => <ReasonList kind={kind} saved={reasons} isChangeable={isChangeable} />}</Loaded>;
}
