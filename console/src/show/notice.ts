import { notifications } from '@mantine/notifications';
import { useFaultText } from './fault-alert.tsx';

export interface Notice {
  /** Something has been done. */
  readonly done: (message: string) => void;
  /** Something could not be done. */
  readonly failed: (error: unknown) => void;
}

/** Short messages that go away by themselves. */
export function useNotice(): Notice {
  const textOf = useFaultText();
  return {
    done: (message) => { notifications.show({ message, color: 'teal' }); },
    failed: (error) => { notifications.show({ ...textOf(error), color: 'red', autoClose: 8000 }); },
  };
}
