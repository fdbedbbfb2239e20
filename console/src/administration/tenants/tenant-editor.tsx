import { Fieldset, Group, NumberInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { changeTenant, createTenant, listTenants, setTenantPassword } from '@parley/contract/admin/tenant.ts';
import { useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { PasswordReset } from '../accounts/password-reset.tsx';
import { tenantTexts } from './tenant-texts.ts';
import { draftOf, GUID_MODES, LIMITED, LOCALES, newTenant, settingsOf, type Tenant } from './tenants.ts';

const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
/** So many are shown; what is typed finds the others. */
const SHOWN_ZONES = 100;

export interface TenantEditorProps {
  /** The tenant that is changed; undefined for a new one. */
  readonly tenant: Tenant | undefined;
  readonly onClose: () => void;
}

function TenantPassword({ tenant: { vdnId, name, configurationAgentId, hasPassword } }: { readonly tenant: Tenant }) {
  const text = useText(tenantTexts);
  const set = useChange(setTenantPassword, [listTenants]);
  return (
    <Fieldset legend={text.password}>
      <Stack gap="xs">
        <Text size="sm">{text.passwordWith(configurationAgentId)} · {hasPassword ? text.hasPassword : text.hasNoPassword}</Text>
        <Group>
          <PasswordReset
            who={name} label={text.passwordLabel} consequence={text.passwordMeans} besides={text.passwordWith(configurationAgentId)} isBusy={set.isPending} error={set.error} onOpen={set.reset}
            onSet={(password) => set.mutateAsync({ vdnId, ...(password === undefined ? {} : { password }) })}
          />
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** A tenant, new or as it is. */
export function TenantEditor({ tenant, onClose }: TenantEditorProps) {
  const text = useText(tenantTexts);
  const notice = useNotice();
  const create = useChange(createTenant, [listTenants]);
  const change = useChange(changeTenant, [listTenants]);
  const { check, typed, numeric } = useContractFields(createTenant);
  const form = useForm({
    initialValues: tenant === undefined ? newTenant(Intl.DateTimeFormat().resolvedOptions().timeZone) : draftOf(tenant),
    validate: {
      name: check('name'), tenantId: check('tenantId', text.idForm), tenantSpaceId: check('tenantSpaceId', text.idForm), ccId: check('ccId'), agentPasswordDays: check('agentPasswordDays'),
      limits: { agents: check('limits.agents'), signedInAgents: check('limits.signedInAgents'), queues: check('limits.queues'), voiceChannels: check('limits.voiceChannels') },
    },
  });
  const submit = form.onSubmit((draft) => {
    const settings = settingsOf(draft);
    const outcome = {
      onSuccess: () => { notice.done(text.saved(draft.name)); onClose(); },
      onError: (error: unknown) => {
        showRefusal(form, error, { fieldOf: ({ code, message }) => (code === 'exists' ? (message.includes('tenant space') ? 'tenantSpaceId' : 'tenantId') : undefined) });
      },
    };
    const { tenantId, tenantSpaceId, enabled } = draft;
    if (tenant === undefined) create.mutate({ ...settings, tenantId: tenantId.trim(), ...(tenantSpaceId.trim() === '' ? {} : { tenantSpaceId: tenantSpaceId.trim() }) }, outcome);
    else change.mutate({ ...settings, vdnId: tenant.vdnId, enabled }, outcome);
  });
  const isNew = tenant === undefined;
  return (
    <Editor
      title={isNew ? text.create : `${tenant.name} · ${text.vdnId} ${tenant.vdnId}`} isOpen onClose={onClose} onSubmit={submit} isSaving={create.isPending || change.isPending}
      error={create.error ?? change.error}
    >
      <TextInput label={text.name} data-autofocus {...typed('name')} {...form.getInputProps('name')} />
      <TextInput label={text.tenantId} description={isNew ? text.tenantIdHint : undefined} disabled={!isNew} {...typed('tenantId')} {...form.getInputProps('tenantId')} />
      <TextInput label={text.tenantSpaceId} description={isNew ? text.tenantSpaceHint : undefined} disabled={!isNew} {...typed('tenantSpaceId')} {...form.getInputProps('tenantSpaceId')} />
      <Select label={text.timeZone} description={text.timeZoneHint} searchable allowDeselect={false} limit={SHOWN_ZONES} data={[...new Set([form.values.timeZone, ...ZONES])]} {...form.getInputProps('timeZone')} />
      <Select label={text.locale} searchable allowDeselect={false} data={[...new Set([form.values.locale, ...LOCALES])]} {...form.getInputProps('locale')} />
      <NumberInput label={text.ccId} {...numeric('ccId')} {...form.getInputProps('ccId')} />
      {!isNew && <Switch label={text.enabled} description={text.enabledHint} {...form.getInputProps('enabled', { type: 'checkbox' })} />}
      <Fieldset legend={text.limits}>
        <Text size="sm" c="dimmed" mb="xs">{text.limitsHint}</Text>
        <SimpleGrid cols={2}>
          {LIMITED.map((noun) => <NumberInput key={noun} label={text.limited[noun]} placeholder={text.unlimited} {...numeric(`limits.${noun}`)} {...form.getInputProps(`limits.${noun}`)} />)}
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={text.recording}>
        <Stack gap="xs">
          <Switch label={text.automatic} {...form.getInputProps('recording.automatic', { type: 'checkbox' })} />
          <Switch label={text.byAgents} {...form.getInputProps('recording.byAgents', { type: 'checkbox' })} />
          <Switch label={text.toFiles} {...form.getInputProps('recording.toFiles', { type: 'checkbox' })} />
        </Stack>
      </Fieldset>
      <Fieldset legend={text.security}>
        <Stack gap="xs">
          <Select label={text.guidMode} allowDeselect={false} data={GUID_MODES.map((mode) => ({ value: mode, label: text.guidModes[mode] }))} {...form.getInputProps('guidMode')} />
          <NumberInput label={text.agentPasswordDays} description={text.agentPasswordHint} suffix={text.days} {...numeric('agentPasswordDays')} {...form.getInputProps('agentPasswordDays')} />
        </Stack>
      </Fieldset>
      {!isNew && <TenantPassword tenant={tenant} />}
    </Editor>
  );
}
