import { Button, Group, NumberInput, SimpleGrid, Skeleton, Switch, TagsInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { resetTollLimits, setTollLimits, showTollLimits } from '@parley/contract/admin/toll-limits.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { tenantTexts } from './tenant-texts.ts';
import { TOLL_AMOUNTS, tollDraftOf, tollSettingsOf, wrongPrefix, type Tenant, type TollLimits } from './tenants.ts';

interface TollEditorProps {
  readonly tenant: Tenant;
  readonly onClose: () => void;
}

function TollForm({ tenant: { vdnId, name }, limits: { set, inForce, usage }, limits, onClose }: TollEditorProps & { readonly limits: TollLimits }) {
  const text = useText(tenantTexts);
  const notice = useNotice();
  const save = useChange(setTollLimits, [showTollLimits]);
  const reset = useChange(resetTollLimits, [showTollLimits]);
  const { check, numeric } = useContractFields(setTollLimits);
  const prefixes = (own: readonly string[]): string | null => {
    const wrong = wrongPrefix(own);
    return wrong === undefined ? null : text.prefixWrong(wrong);
  };
  const form = useForm({
    initialValues: tollDraftOf(limits),
    validate: {
      concurrentCalls: check('concurrentCalls'), callsPerMinute: check('callsPerMinute'), callsPerDay: check('callsPerDay'), minutesPerDay: check('minutesPerDay'), allowed: prefixes, denied: prefixes,
    },
  });
  const onSuccess = (): void => {
    notice.done(text.tollSaved);
    onClose();
  };
  const submit = form.onSubmit((draft) => { save.mutate({ vdnId, ...tollSettingsOf(draft) }, { onSuccess, onError: (error) => { showRefusal(form, error); } }); });
  return (
    <Editor title={text.tollTitle(name)} isOpen onClose={onClose} onSubmit={submit} isSaving={save.isPending} error={save.error ?? reset.error}>
      <Text size="sm" c="dimmed">{text.tollAbout}</Text>
      {usage !== undefined && <Text size="sm">{text.usage(usage.calls, usage.callsLastMinute, usage.callsLastDay, usage.minutesLastDay)}</Text>}
      <SimpleGrid cols={2}>
        {TOLL_AMOUNTS.map((amount) => (
          <NumberInput
            key={amount} label={text.tollAmounts[amount]} placeholder={set[amount] === undefined ? text.asForAll(inForce[amount]) : undefined} {...numeric(amount)} {...form.getInputProps(amount)}
          />
        ))}
      </SimpleGrid>
      <Switch label={text.ownAllowed} {...form.getInputProps('hasAllowed', { type: 'checkbox' })} />
      <TagsInput label={text.allowed} description={`${text.allowedHint} ${text.prefixHint}`} disabled={!form.values.hasAllowed} splitChars={[',', ' ', ';']} {...form.getInputProps('allowed')} />
      <Switch label={text.ownDenied} {...form.getInputProps('hasDenied', { type: 'checkbox' })} />
      <TagsInput label={text.denied} description={text.prefixHint} disabled={!form.values.hasDenied} splitChars={[',', ' ', ';']} {...form.getInputProps('denied')} />
      <Group><Button variant="subtle" loading={reset.isPending} onClick={() => { reset.mutate({ vdnId }, { onSuccess }); }}>{text.tollReset}</Button></Group>
    </Editor>
  );
}

/** What the calls of a tenant to the outside may cost. */
export function TollEditor({ tenant, onClose }: TollEditorProps) {
  const text = useText(tenantTexts);
  const { data, error } = useAsked(showTollLimits, { vdnId: tenant.vdnId });
  if (data !== undefined) return <TollForm tenant={tenant} limits={data} onClose={onClose} />;
  return (
    <Editor title={text.tollTitle(tenant.name)} isOpen onClose={onClose} onSubmit={(event) => { event.preventDefault(); }} isSaving={false} error={error} isChangeable={false}>
      {error === null && <Skeleton height={200} />}
    </Editor>
  );
}
