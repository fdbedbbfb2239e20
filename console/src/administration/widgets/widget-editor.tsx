import { NumberInput, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { changeWidgetKey, createWidgetKey, listWidgetKeys } from '@parley/contract/admin/widget-key.ts';
import { queryAccessCodeList } from '@parley/contract/configuration/access-code.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { widgetTexts } from './widget-texts.ts';
import { draftOf, isNumber, newDraft, originOf, type WidgetKey } from './widgets.ts';

export interface WidgetEditorProps {
  /** The button that is changed; undefined for a new one. */
  readonly widget: WidgetKey | undefined;
  readonly isChangeable: boolean;
  readonly onClose: () => void;
  readonly onMade: (widget: WidgetKey) => void;
}

/** A call button, new or as it is. */
export function WidgetEditor({ widget, isChangeable, onClose, onMade }: WidgetEditorProps) {
  const text = useText(widgetTexts);
  const notice = useNotice();
  const { check, typed, numeric } = useContractFields(createWidgetKey);
  const codes = useAsked(queryAccessCodeList, { limit: 100, offset: 0 });
  const create = useChange(createWidgetKey, [listWidgetKeys]);
  const change = useChange(changeWidgetKey, [listWidgetKeys]);
  const form = useForm({
    initialValues: widget === undefined ? newDraft(location.origin) : draftOf(widget),
    validate: {
      name: check('name'), callsPerMinute: check('callsPerMinute'),
      origins: (origins) => (origins.length === 0 ? text.originsMissing : origins.every((origin) => originOf(origin) !== undefined) ? null : text.originForm),
      accessCodes: (numbers) => (numbers.length === 0 ? text.numbersMissing : numbers.every(isNumber) ? null : text.numberForm),
    },
  });
  const submit = form.onSubmit((draft) => {
    const wanted = { ...draft, origins: [...new Set(draft.origins.map((origin) => originOf(origin) ?? origin))], accessCodes: [...draft.accessCodes] };
    const onSuccess = (saved: WidgetKey): void => {
      notice.done(text.saved(saved.name));
      if (widget === undefined) onMade(saved);
      else onClose();
    };
    if (widget === undefined) create.mutate(wanted, { onSuccess });
    else change.mutate({ id: widget.id, ...wanted }, { onSuccess });
  });
  const { value: origins, ...originProps } = form.getInputProps('origins') as { value: readonly string[] };
  const { value: numbers, ...numberProps } = form.getInputProps('accessCodes') as { value: readonly string[] };
  return (
    <Editor title={widget?.name ?? text.create} isOpen onClose={onClose} onSubmit={submit} isChangeable={isChangeable} isSaving={create.isPending || change.isPending} error={create.error ?? change.error}>
      <TextInput label={text.name} description={text.nameHint} data-autofocus {...typed('name')} {...form.getInputProps('name')} />
      <TagsInput label={text.origins} description={text.originsHint} required acceptValueOnBlur data={[location.origin]} value={[...origins]} {...originProps} />
      <TagsInput
        label={text.accessCodes} description={text.numbersHint} required acceptValueOnBlur value={[...numbers]}
        data={codes.data?.data.calledRouteList.map(({ accessCode }) => accessCode) ?? []} {...numberProps}
      />
      <NumberInput label={text.callsPerMinute} {...numeric('callsPerMinute')} {...form.getInputProps('callsPerMinute')} />
    </Editor>
  );
}
