import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { useQueues } from '../queues/queues.ts';
import { NumberRoutes } from './number-routes.tsx';
import { RouteFailed, saveNumber } from './number-saving.ts';
import { numberTexts } from './number-texts.ts';
import { CODE_MEDIA, DIRECTIONS, draftOf, forgetNumbers, NEW_NUMBER, takesCalls, type AccessCode, type NumberDraft, type NumberWays } from './numbers.ts';

export interface NumberEditorProps {
  /** The number that is changed; undefined for a new one. */
  readonly ways: NumberWays | undefined;
  readonly isChangeable: boolean;
  readonly onClose: () => void;
}

const causeOf = (error: unknown): unknown => (error instanceof RouteFailed ? error.cause : error);
/** Those of 5.3.2 that are about the digits and not about where they lead. */
const ABOUT_DIGITS = /extension code|^No call to/;

/** A number and where it leads, in one form. */
export function NumberEditor({ ways, isChangeable, onClose }: NumberEditorProps) {
  const text = useText(numberTexts);
  const notice = useNotice();
  const kept = useQueryClient();
  const queues = useQueues().data?.data ?? [];
  const fields = useContractFields(createAccessCode);
  const routeFields = useContractFields(createCalledRoute);
  const [code, setCode] = useState<AccessCode | undefined>(ways?.code);
  const shown = ways?.routes ?? [];
  const form = useForm<NumberDraft>({
    initialValues: ways === undefined ? NEW_NUMBER : draftOf(ways),
    validate: {
      code: fields.check('code', text.numberForm), description: fields.check('description'), serviceNumber: fields.check('serviceNumber', text.serviceNumberForm),
      routes: {
        extCode: (extCode, { routes, direction }) => {
          if (!takesCalls(Number(direction))) return null;
          return routes.filter((route) => route.extCode === extCode).length > 1 ? text.extensionTaken : routeFields.check('extCode', text.extensionForm)(extCode);
        },
        target: (target, { direction }) => (target === '' && takesCalls(Number(direction)) ? text.targetMissing : null),
      },
    },
  });
  const save = useMutation({
    mutationFn: (draft: NumberDraft) => saveNumber({ draft, code, shown, onCode: setCode, mediumOfQueue: (id) => queues.find(({ skillId }) => skillId === id)?.mediaTypeId }),
    onSuccess: (_nothing, draft) => {
      notice.done(text.saved(draft.code));
      onClose();
    },
    onError: (error) => {
      const row = error instanceof RouteFailed ? error.row : undefined;
      const fieldOf = ({ message, code: refusal }: { readonly message: string; readonly code: string }): string | undefined => {
        if (row !== undefined) return `routes.${row}.${ABOUT_DIGITS.test(message) ? 'extCode' : 'target'}`;
        return refusal === 'exists' || refusal === 'conflict' ? 'code' : undefined;
      };
      showRefusal(form, causeOf(error), { fieldOf });
    },
    onSettled: () => forgetNumbers(kept),
  });
  const { media, direction } = form.values;

  return (
    <Editor
      title={ways === undefined ? text.create : ways.code.code} isOpen onClose={onClose} onSubmit={form.onSubmit((draft) => { save.mutate(draft); })} isChangeable={isChangeable}
      isSaving={save.isPending} error={causeOf(save.error)}
    >
      <TextInput
        label={text.number} description={code === undefined ? text.numberHint : undefined} disabled={code !== undefined} inputMode="tel" data-autofocus {...fields.typed('code')}
        {...form.getInputProps('code')}
      />
      <TextInput label={text.description} {...fields.typed('description')} {...form.getInputProps('description')} />
      <Select
        label={text.media} allowDeselect={false} disabled={shown.length > 0} data={CODE_MEDIA.map((one) => ({ value: String(one), label: text.mediaNames[one] }))} {...form.getInputProps('media')}
        onChange={(value) => { form.setValues({ media: value ?? media, routes: form.values.routes.map((route) => ({ ...route, target: '' })) }); }}
      />
      <Select label={text.direction} allowDeselect={false} data={DIRECTIONS.map((one) => ({ value: String(one), label: text.directions[one] }))} {...form.getInputProps('direction')} />
      {takesCalls(Number(direction)) && <NumberRoutes form={form} queues={queues} shown={shown} isChangeable={isChangeable} />}
      <TextInput label={text.serviceNumber} description={text.serviceNumberHint} inputMode="tel" {...fields.typed('serviceNumber')} {...form.getInputProps('serviceNumber')} />
    </Editor>
  );
}
