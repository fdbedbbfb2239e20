import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { accountTexts } from './account-texts.ts';
import { isStrong } from './passwords.ts';
import { ToldPassword, type Told } from './told-password.tsx';

export interface PasswordResetProps {
  readonly who: string;
  /** Instead of what is said of accounts. */
  readonly label?: string;
  readonly consequence?: string;
  readonly besides?: string;
  /** What is wrong with a password that was typed, where it is not one of an account's. */
  readonly flawOf?: (password: string) => string | null;
  /** Sets the password, or has one made up, which it answers. */
  readonly onSet: (password: string | undefined) => Promise<{ readonly password?: string }>;
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Forgets the error of the time before. */
  readonly onOpen: () => void;
}

/** A button that gives an account, or a telephone, another password: one that is typed, or one that is made up and told once. */
export function PasswordReset({ who, label, consequence, besides, flawOf, onSet, isBusy, error, onOpen }: PasswordResetProps) {
  const text = useText(accountTexts);
  const notice = useNotice();
  const [isOpen, { open, close }] = useDisclosure();
  const [told, setTold] = useState<Told>();
  const weakness = (password: string): string | null => (isStrong(password) ? null : text.passwordWeak);
  const form = useForm({ initialValues: { password: '' }, validate: { password: (password) => (password === '' ? null : (flawOf ?? weakness)(password)) } });
  const submit = form.onSubmit(async ({ password: typed }) => {
    try {
      const { password } = await onSet(typed === '' ? undefined : typed);
      close();
      if (password === undefined) notice.done(text.changed(who));
      else setTold({ who, password, besides });
    } catch (fault) {
      showRefusal(form, fault);
    }
  });
  /** It may stand in an editor, whose form this one is not a part of. */
  const submitAlone = (event: FormEvent<HTMLFormElement>): void => {
    event.stopPropagation();
    submit(event);
  };
  return (
    <>
      <Button variant="default" onClick={() => { form.reset(); onOpen(); open(); }}>{label ?? text.reset}</Button>
      <Modal opened={isOpen} onClose={close} title={text.resetQuestion(who)} centered closeButtonProps={{ 'aria-label': text.close }}>
        <form onSubmit={submitAlone} noValidate>
          <Stack>
            <Text size="sm">{consequence ?? text.resetMeans}</Text>
            <PasswordInput label={text.newPassword} description={text.passwordHint} autoComplete="new-password" data-autofocus {...form.getInputProps('password')} />
            {error != null && <FaultAlert error={error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>{text.cancel}</Button>
              <Button type="submit" loading={isBusy}>{text.set}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
      {told !== undefined && <ToldPassword told={told} onClose={() => { setTold(undefined); }} />}
    </>
  );
}
