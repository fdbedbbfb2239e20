import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { changeOutcome, createOutcome, listOutcomes } from '@parley/contract/admin/outcome.ts';
import type { Outcome } from '../../outcomes/outcomes.ts';
import { useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { outcomeAdminTexts } from './outcome-admin-texts.ts';

export interface OutcomeEditorProps {
  /** The outcome that is changed; undefined for a new one. */
  readonly outcome: Outcome | undefined;
  readonly isChangeable: boolean;
  readonly onClose: () => void;
}

/** An outcome, new or as it is. */
export function OutcomeEditor({ outcome, isChangeable, onClose }: OutcomeEditorProps) {
  const text = useText(outcomeAdminTexts);
  const notice = useNotice();
  const { check, typed } = useContractFields(createOutcome);
  const create = useChange(createOutcome, [listOutcomes]);
  const change = useChange(changeOutcome, [listOutcomes]);
  const form = useForm({
    initialValues: { code: outcome?.code ?? '', name: outcome?.name ?? '', description: outcome?.description ?? '' },
    validate: { code: check('code', text.codeForm), name: check('name'), description: check('description') },
  });
  const submit = form.onSubmit((draft) => {
    const then = {
      onError: (error: unknown) => { showRefusal(form, error); },
      onSuccess: ({ name }: Outcome) => {
        notice.done(text.saved(name));
        onClose();
      },
    };
    if (outcome === undefined) create.mutate(draft, then);
    else change.mutate({ ...draft, code: outcome.code }, then);
  });
  return (
    <Editor title={outcome?.name ?? text.create} isOpen onClose={onClose} onSubmit={submit} isChangeable={isChangeable} isSaving={create.isPending || change.isPending} error={create.error ?? change.error}>
      <TextInput label={text.name} description={text.nameHint} data-autofocus {...typed('name')} {...form.getInputProps('name')} />
      <TextInput label={text.code} description={text.codeHint} readOnly={outcome !== undefined} {...typed('code')} {...form.getInputProps('code')} />
      <TextInput label={text.description} description={text.descriptionHint} {...typed('description')} {...form.getInputProps('description')} />
    </Editor>
  );
}
