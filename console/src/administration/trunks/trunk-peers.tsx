import { ActionIcon, Button, Fieldset, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Plus, X } from 'lucide-react';
import { useText } from '../../text/catalogue.ts';
import { trunkTexts } from './trunk-texts.ts';
import { KINDS, NEW_PEER, type TrunkDraft } from './trunks.ts';

/** The machines that take our calls. */
export function TrunkPeers({ form }: { readonly form: UseFormReturnType<TrunkDraft> }) {
  const text = useText(trunkTexts);
  return (
    <Fieldset legend={text.peers}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">{text.peersHint}</Text>
        {form.values.peers.map(({ host }, row) => (
          <Group key={row} align="flex-start" wrap="nowrap" gap="xs">
            <TextInput label={text.host} flex={1} required maxLength={255} {...form.getInputProps(`peers.${row}.host`)} />
            <NumberInput label={text.port} w={75} min={1} max={65_535} allowDecimal={false} hideControls {...form.getInputProps(`peers.${row}.port`)} />
            <Select label={text.kind} w={85} allowDeselect={false} data={[...KINDS]} {...form.getInputProps(`peers.${row}.kind`)} />
            <NumberInput label={text.priority} w={75} min={0} max={65_535} allowDecimal={false} placeholder="0" hideControls {...form.getInputProps(`peers.${row}.priority`)} />
            <NumberInput label={text.weight} w={65} min={0} max={65_535} allowDecimal={false} placeholder="1" hideControls {...form.getInputProps(`peers.${row}.weight`)} />
            <ActionIcon variant="subtle" color="gray" mt={28} aria-label={text.removePeer(host)} onClick={() => { form.removeListItem('peers', row); }}><X size={16} /></ActionIcon>
          </Group>
        ))}
        <Group><Button size="xs" variant="light" leftSection={<Plus size={14} />} onClick={() => { form.insertListItem('peers', NEW_PEER); }}>{text.addPeer}</Button></Group>
      </Stack>
    </Fieldset>
  );
}
