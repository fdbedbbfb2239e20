import { useEffect, useState } from 'react';

export interface Leaving {
  /** Whether somebody wants to go to another page, and is asked. */
  readonly isAsked: boolean;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** Keeps a page with unsaved changes where it is until somebody says that they may be lost. */
export function useLeaving(isDirty: boolean): Leaving {
  const [wanted, setWanted] = useState<{ readonly go: () => void }>();
  const [mayLeave, setMayLeave] = useState(false);
  useEffect(() => {
    if (!isDirty || mayLeave) return undefined;
    const warn = (event: BeforeUnloadEvent): void => { event.preventDefault(); };
    const hold = (event: NavigateEvent): void => {
      const { destination: { url, key, sameDocument }, navigationType } = event;
      // Leaving the console altogether is asked by the browser itself.
      if (!event.cancelable || !sameDocument || new URL(url).pathname === location.pathname) return;
      event.preventDefault();
      const go = (): void => {
        if (navigationType === 'traverse') navigation.traverseTo(key);
        else history.pushState(null, '', url);
      };
      setWanted({ go });
    };
    window.addEventListener('beforeunload', warn);
    // Older browsers cannot hold a page of a console back; they keep the warning when it is closed.
    if ('navigation' in window) navigation.addEventListener('navigate', hold);
    return () => {
      window.removeEventListener('beforeunload', warn);
      if ('navigation' in window) navigation.removeEventListener('navigate', hold);
    };
  }, [isDirty, mayLeave]);
  // Only once nobody holds it back any more.
  useEffect(() => { if (mayLeave) wanted?.go(); }, [mayLeave, wanted]);
  return { isAsked: wanted !== undefined && !mayLeave, stay: () => { setWanted(undefined); }, leave: () => { setMayLeave(true); } };
}
