import { replaceIvrFlowDefinition, showIvrFlow, showIvrFlowDefinition, listIvrFlows } from '@parley/contract/admin/ivr-flow.ts';
import { useEffect, useMemo, useReducer, useState } from 'react';
import { useChange } from '../../session/asking.ts';
import { api } from '../../session/client.ts';
import { faultOf } from '../../session/fault.ts';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import type { Definition } from '../graph/graph.ts';
import { begun, stepped, type History, type Step } from '../graph/history.ts';
import { isSame } from '../graph/json.ts';
import { designerTexts } from './designer-texts.ts';
import type { Version } from './versions.tsx';

export interface Editing {
  readonly history: History;
  readonly step: (step: Step) => void;
  /** What was last read or saved. */
  readonly base: Version;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly save: () => void;
  /** What somebody else has saved meanwhile; undefined where nobody has. */
  readonly theirs: Version | undefined;
  readonly takeTheirs: () => void;
  readonly saveMine: () => void;
  readonly forgetTheirs: () => void;
}

/** The definition from when it was read until it is saved. */
export function useEditing(read: Version): Editing {
  const text = useText(designerTexts);
  const notice = useNotice();
  const [base, setBase] = useState(read);
  const [theirs, setTheirs] = useState<Version>();
  const [history, step] = useReducer(stepped, read.definition as Definition, begun);
  const replace = useChange(replaceIvrFlowDefinition, [showIvrFlowDefinition, showIvrFlow, listIvrFlows]);
  const isDirty = useMemo(() => !isSame(history.present, base.definition), [history.present, base.definition]);

  // What somebody else has saved is taken over as long as there is nothing to lose by it.
  useEffect(() => {
    if (isDirty || read.version <= base.version) return;
    setBase(read);
    step({ kind: 'change', definition: read.definition as Definition });
  }, [read, isDirty, base.version]);

  const replaceVersion = async (version: number): Promise<void> => {
    try {
      const saved = await replace.mutateAsync({ id: base.id, definition: history.present, version });
      setBase(saved);
      setTheirs(undefined);
      notice.done(text.saved(saved.version));
    } catch (error) {
      if (faultOf(error).status === 409) setTheirs(await api.ask(showIvrFlowDefinition, { id: base.id }));
      else notice.failed(error);
    }
  };
  const save = (version: number): void => { replaceVersion(version).catch(notice.failed); };

  return {
    history, step, base, isDirty, isSaving: replace.isPending, theirs,
    save: () => { save(base.version); },
    saveMine: () => { if (theirs !== undefined) save(theirs.version); },
    takeTheirs: () => {
      if (theirs === undefined) return;
      setBase(theirs);
      step({ kind: 'change', definition: theirs.definition as Definition });
      setTheirs(undefined);
    },
    forgetTheirs: () => { setTheirs(undefined); },
  };
}
