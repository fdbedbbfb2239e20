import { ActionIcon, Badge, Button, Fieldset, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Plus, X } from 'lucide-react';
import { useText } from '../../text/catalogue.ts';
import { useFlows } from '../flows.ts';
import type { Queue } from '../queues/queues.ts';
import { numberTexts } from './number-texts.ts';
import { admits, admitsFlows, mayLead, mayRemove, NEW_ROUTE, type CalledRoute, type NumberDraft } from './numbers.ts';

export interface NumberRoutesProps {
  readonly form: UseFormReturnType<NumberDraft>;
  readonly queues: readonly Queue[];
  /** The routes as they were read. */
  readonly shown: readonly CalledRoute[];
  readonly isChangeable: boolean;
}

/** Where a number leads: only what can take its calls is offered, so that no route leads nowhere. */
export function NumberRoutes({ form, queues, shown, isChangeable }: NumberRoutesProps) {
  const text = useText(numberTexts);
  const flows = useFlows().data?.flows ?? [];
  const { routes, media } = form.values;
  const targets = [
    { group: text.kinds.queue, items: queues.filter(({ mediaTypeId }) => admits(Number(media), mediaTypeId)).map(({ skillId, name }) => ({ value: `queue:${skillId}`, label: text.queue(name) })) },
    { group: text.kinds.flow, items: admitsFlows(Number(media)) ? flows.map(({ id, description, accessCode }) => ({ value: `flow:${id}`, label: text.flow(description || accessCode) })) : [] },
  ].filter(({ items }) => items.length > 0);
  return (
    <Fieldset legend={text.routes}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">{targets.length === 0 ? text.noTargets : text.routesHint}</Text>
        {routes.map(({ id }, row) => {
          const editable = shown.find((route) => route.id === id)?.editable ?? '0';
          return (
            <Group key={row} align="flex-start" wrap="nowrap" gap="xs">
              <TextInput
                label={text.extension} placeholder={routes.length === 1 ? text.everyCall : text.anyCall} inputMode="numeric" w={170} maxLength={12} disabled={editable !== '0'}
                {...form.getInputProps(`routes.${row}.extCode`)}
              />
              <Select label={text.leadsTo} flex={1} searchable allowDeselect={false} required data={targets} disabled={!mayLead(editable)} {...form.getInputProps(`routes.${row}.target`)} />
              {editable !== '0' && <Badge mt={32} variant="light" color="gray">{text.protected}</Badge>}
              {isChangeable && mayRemove(editable) && (
                <ActionIcon variant="subtle" color="gray" mt={28} aria-label={text.removeRoute} onClick={() => { form.removeListItem('routes', row); }}><X size={16} /></ActionIcon>
              )}
            </Group>
          );
        })}
        {isChangeable && <Group><Button size="xs" variant="light" leftSection={<Plus size={14} />} onClick={() => { form.insertListItem('routes', NEW_ROUTE); }}>{text.addRoute}</Button></Group>}
      </Stack>
    </Fieldset>
  );
}
