import { MultiSelect, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { memo } from 'react';
import { useText } from '../text/catalogue.ts';
import { boardTexts } from './board-texts.ts';
import { GROUPINGS, PHASES, type Grouping, type Wanted } from './floor.ts';

export interface AgentFiltersProps {
  readonly wanted: Wanted;
  readonly onWant: (wanted: Wanted) => void;
  readonly grouping: Grouping;
  readonly onGroup: (grouping: Grouping) => void;
  readonly queueNames: ReadonlyMap<number, string>;
}

/** Who of the agents is looked for, and how they stand together. It is not drawn again while agents and queues change. */
export const AgentFilters = memo(function AgentFilters({ wanted, onWant, grouping, onGroup, queueNames }: AgentFiltersProps) {
  const text = useText(boardTexts);
  return (
    <>
      <TextInput
        size="xs" w={190} aria-label={text.find} placeholder={text.find} leftSection={<Search size={14} aria-hidden />} value={wanted.text}
        onChange={({ currentTarget: { value } }) => { onWant({ ...wanted, text: value }); }}
      />
      <MultiSelect
        size="xs" w={190} clearable aria-label={text.byState} placeholder={wanted.phases.length === 0 ? text.allStates : undefined} value={[...wanted.phases]}
        data={PHASES.map((phase) => ({ value: phase, label: text.phases[phase] }))} onChange={(phases) => { onWant({ ...wanted, phases }); }}
      />
      <Select
        size="xs" w={150} clearable searchable aria-label={text.byQueue} placeholder={text.allQueues} value={wanted.queueId === undefined ? null : String(wanted.queueId)}
        data={[...queueNames].map(([queueId, name]) => ({ value: String(queueId), label: name }))}
        onChange={(value) => { onWant({ ...wanted, queueId: value === null ? undefined : Number(value) }); }}
      />
      <Select
        size="xs" w={120} allowDeselect={false} aria-label={text.grouping} value={grouping}
        data={GROUPINGS.map((one) => ({ value: one, label: text.groupings[one] }))} onChange={(value) => { if (value !== null) onGroup(value); }}
      />
    </>
  );
});
