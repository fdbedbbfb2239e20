/** What an agent says that came of a call. */
export interface NoteDraft {
  readonly code: string;
  readonly remark: string;
}

export type SaverState =
  | { readonly is: 'untouched' | 'changed' | 'saving' | 'saved' }
  | { readonly is: 'failed'; readonly error: unknown };

export interface NoteSaver {
  /** Saves it: at once, or as soon as nothing more is written for a moment. */
  readonly put: (draft: NoteDraft, isAtOnce: boolean) => void;
  /** Saves what has not been saved yet. */
  readonly flush: () => void;
}

export interface SaverPorts {
  readonly save: (draft: NoteDraft) => Promise<unknown>;
  readonly onState: (state: SaverState) => void;
  /** How long nothing more is to be written. */
  readonly pauseMs: number;
}

/** Saves by itself what is chosen and written: one at a time, so that the latest is what stays. */
export function createNoteSaver({ save, onState, pauseMs }: SaverPorts): NoteSaver {
  let waiting: NoteDraft | undefined;
  let isSaving = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => { void run(); };

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    if (isSaving || waiting === undefined) return;
    const draft = waiting;
    waiting = undefined;
    isSaving = true;
    onState({ is: 'saving' });
    try {
      await save(draft);
      isSaving = false;
      if (waiting === undefined) onState({ is: 'saved' });
      else flush();
    } catch (error) {
      isSaving = false;
      // What could not be saved is tried again with the next change, or when somebody asks for it.
      waiting ??= draft;
      onState({ is: 'failed', error });
    }
  };

  return {
    flush,
    put: (draft, isAtOnce) => {
      waiting = draft;
      onState({ is: isSaving ? 'saving' : 'changed' });
      clearTimeout(timer);
      if (isAtOnce) flush();
      else timer = setTimeout(flush, pauseMs);
    },
  };
}
