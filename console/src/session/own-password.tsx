import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { changeOwnPassword } from '@parley/contract/admin/session.ts';
import type { ReactNode } from 'react';
import { FaultAlert } from '../show/fault-alert.tsx';
import { useNotice } from '../show/notice.ts';
import { showRefusal } from '../show/refused-fields.ts';
import { catalogue, useText } from '../text/catalogue.ts';
import { useChange } from './asking.ts';
import { begin, useSession } from './session.ts';

const texts = catalogue({
  en: {
    title: 'Change password', old: 'Password up to now', next: 'New password', again: 'New password, once more', differs: 'The two are not the same', save: 'Change it', cancel: 'Cancel', close: 'Close',
    rule: 'Eight characters at least, with upper case, lower case, a digit and a special character', done: 'Your password is changed',
  },
  zh: {
    title: '修改密码', old: '当前密码', next: '新密码', again: '再次输入新密码', differs: '两次输入不一致', save: '修改', cancel: '取消', close: '关闭',
    rule: '至少 8 个字符，须包含大写字母、小写字母、数字和特殊字符', done: '您的密码已修改',
  },
});

export interface OwnPasswordProps {
  readonly onChanged?: () => void;
  /** The buttons below the fields. */
  readonly children: (isSaving: boolean) => ReactNode;
}

/** The fields for another password of one's own. All other sessions of the account end by it; this one goes on as a new one. */
export function OwnPassword({ onChanged, children }: OwnPasswordProps) {
  const text = useText(texts);
  const { account } = useSession();
  const change = useChange(changeOwnPassword);
  const form = useForm({
    initialValues: { oldPassword: '', newPassword: '', again: '' },
    validate: { again: (again, { newPassword }) => (again === newPassword ? null : text.differs) },
  });
  const submit = form.onSubmit(({ oldPassword, newPassword }) => {
    change.mutate({ oldPassword, newPassword }, {
      onSuccess: (session) => {
        begin(session);
        onChanged?.();
      },
      onError: (error) => { showRefusal(form, error); },
    });
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
        <PasswordInput label={text.old} autoComplete="current-password" required data-autofocus {...form.getInputProps('oldPassword')} />
        <PasswordInput label={text.next} description={text.rule} autoComplete="new-password" required {...form.getInputProps('newPassword')} />
        <PasswordInput label={text.again} autoComplete="new-password" required {...form.getInputProps('again')} />
        {change.error !== null && <FaultAlert error={change.error} />}
        {children(change.isPending)}
      </Stack>
    </form>
  );
}

export const usePasswordTitle = (): string => useText(texts).title;

/** The same over any page, for those who want another one. */
export function PasswordDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const text = useText(texts);
  const notice = useNotice();
  const changed = (): void => {
    onClose();
    notice.done(text.done);
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={text.title} centered keepMounted={false} closeButtonProps={{ 'aria-label': text.close }}>
      <OwnPassword onChanged={changed}>
        {(isSaving) => (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{text.cancel}</Button>
            <Button type="submit" loading={isSaving}>{text.save}</Button>
          </Group>
        )}
      </OwnPassword>
    </Modal>
  );
}
