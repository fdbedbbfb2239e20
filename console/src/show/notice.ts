import { notifications } from '@mantine/notifications';
import { catalogue, useText } from '../text/catalogue.ts';
import { useFaultText } from './fault-alert.tsx';

const texts = catalogue({ en: { close: 'Close this message' }, zh: { close: '关闭此消息' } });

export interface Notice {
  /** Something has been done. */
  readonly done: (message: string) => void;
  /** Something could not be done. */
  readonly failed: (error: unknown) => void;
}

/** Short messages that go away by themselves. */
export function useNotice(): Notice {
  const textOf = useFaultText();
  const closeButtonProps = { 'aria-label': useText(texts).close };
  return {
    done: (message) => { notifications.show({ message, color: 'teal', closeButtonProps }); },
    failed: (error) => { notifications.show({ ...textOf(error), color: 'red', autoClose: 8000, closeButtonProps }); },
  };
}
