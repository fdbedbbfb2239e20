import { ActionIcon, Button, Fieldset, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Plus, X } from 'lucide-react';
import { useText } from '../../text/catalogue.ts';
import type { Queue } from '../queues/queues.ts';
import { agentTexts } from './agent-texts.ts';
import { suits, type AgentDraft } from './agents.ts';

export interface AgentSkillsProps {
  readonly form: UseFormReturnType<AgentDraft>;
  readonly queues: readonly Queue[];
  readonly isChangeable: boolean;
}

/** The queues of an agent with their weights: only those that suit its type are offered. */
export function AgentSkills({ form, queues, isChangeable }: AgentSkillsProps) {
  const text = useText(agentTexts);
  const { agentType, skills } = form.values;
  const isFree = ({ skillId }: Queue): boolean => skills.every((one) => one.skillId !== String(skillId));
  const suited = queues.filter(({ mediaTypeId }) => suits(Number(agentType), mediaTypeId));
  const next = suited.find(isFree);
  const nameOf = (id: string): string => queues.find(({ skillId }) => String(skillId) === id)?.name ?? id;
  return (
    <Fieldset legend={text.queues}>
      <Stack gap="xs">
        {skills.length === 0 && <Text size="sm" c="dimmed">{text.noQueuesHint}</Text>}
        {skills.map(({ skillId }, index) => (
          <Group key={index} align="flex-start" wrap="nowrap" gap="xs">
            <Select
              label={text.queue} flex={1} searchable allowDeselect={false} {...form.getInputProps(`skills.${index}.skillId`)}
              data={queues.filter((queue) => String(queue.skillId) === skillId || (suited.includes(queue) && isFree(queue))).map((queue) => ({ value: String(queue.skillId), label: queue.name }))}
            />
            <NumberInput label={text.agentWeight} w={130} min={1} allowDecimal={false} {...form.getInputProps(`skills.${index}.agentWeight`)} />
            <NumberInput label={text.skillWeight} w={130} min={1} allowDecimal={false} {...form.getInputProps(`skills.${index}.skillWeight`)} />
            {isChangeable && (
              <ActionIcon variant="subtle" color="gray" mt={28} aria-label={text.removeQueue(nameOf(skillId))} onClick={() => { form.removeListItem('skills', index); }}><X size={16} /></ActionIcon>
            )}
          </Group>
        ))}
        {skills.length > 0 && <Text size="xs" c="dimmed">{text.agentWeight}: {text.agentWeightHint} {text.skillWeight}: {text.skillWeightHint}</Text>}
        {isChangeable && next !== undefined && (
          <Group>
            <Button size="xs" variant="light" leftSection={<Plus size={14} />} onClick={() => { form.insertListItem('skills', { skillId: String(next.skillId), agentWeight: 1, skillWeight: 1 }); }}>
              {text.addQueue}
            </Button>
          </Group>
        )}
        {isChangeable && next === undefined && suited.length > 0 && <Text size="xs" c="dimmed">{text.allQueuesChosen}</Text>}
      </Stack>
    </Fieldset>
  );
}
