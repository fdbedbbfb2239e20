import { Button, Drawer, Group, Stack } from '@mantine/core';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { catalogue, useText } from '../text/catalogue.ts';
import { FaultAlert } from './fault-alert.tsx';

const texts = catalogue({
  en: { save: 'Save', cancel: 'Cancel', close: 'Close', unsaved: 'The server is away or the line is. Nothing was saved: press Save again when Parley is back.' },
  zh: { save: '保存', cancel: '取消', close: '关闭', unsaved: '服务器或网络暂时中断，内容尚未保存，请在恢复后再次点击“保存”。' },
});
/** What the buttons cover of the form while it scrolls behind them. */
const FOOTER_PX = 72;

export interface EditorProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** `form.onSubmit(...)` of the form that the fields belong to. */
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly isSaving: boolean;
  /** Why it could not be saved. */
  readonly error: unknown;
  /** False for those who may only look. */
  readonly isChangeable?: boolean;
  readonly children: ReactNode;
}

/** To the first field that is wrong, once it is shown to be; else to what is said of the whole. */
function goToFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.focus({ preventScroll: true });
    (field ?? form?.querySelector('[role="alert"]'))?.scrollIntoView({ block: 'center' });
  });
}

/** A form at the side of a list: what is being made or changed, without leaving the list. */
export function Editor({ title, isOpen, onClose, onSubmit, isSaving, error, isChangeable = true, children }: EditorProps) {
  const text = useText(texts);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error != null) goToFault(ref.current);
  }, [error]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    onSubmit(event);
    goToFault(ref.current);
  };
  return (
    <Drawer opened={isOpen} onClose={onClose} title={title} position="right" size="lg" keepMounted={false} closeButtonProps={{ 'aria-label': text.close }} styles={{ content: { scrollPaddingBottom: FOOTER_PX } }}>
      <form ref={ref} onSubmit={submit} noValidate>
        <Stack>
          <fieldset disabled={!isChangeable} style={{ all: 'unset' }}><Stack>{children}</Stack></fieldset>
          {error != null && <FaultAlert error={error} undoneHint={text.unsaved} />}
          <Group
            justify="flex-end" py="sm" pos="sticky" bottom={0} bg="var(--mantine-color-body)" style={{ zIndex: 2, borderTop: '1px solid var(--mantine-color-default-border)' }}
          >
            <Button variant="default" onClick={onClose}>{text.cancel}</Button>
            {isChangeable && <Button type="submit" loading={isSaving}>{text.save}</Button>}
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
