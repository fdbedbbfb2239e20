import { changeAccessCode, createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute, deleteCalledRoute, modifyCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { api } from '../../session/client.ts';
import { planRoutes, readRoutes, settingsOf, takesCalls, type AccessCode, type CalledRoute, type NumberDraft, type RouteStep } from './numbers.ts';

/** A route could not be made as the form has it. */
export class RouteFailed extends Error {
  readonly row: number | undefined;

  constructor(row: number | undefined, cause: unknown) {
    super('a route could not be saved', { cause });
    this.row = row;
  }
}

function perform(step: RouteStep, accessCode: string): Promise<unknown> {
  if (step.kind === 'remove') return api.ask(deleteCalledRoute, { dnids: String(step.dnid) });
  return step.kind === 'lead' ? api.ask(modifyCalledRoute, step) : api.ask(createCalledRoute, { ...step, accessCode });
}

export interface NumberSaving {
  readonly draft: NumberDraft;
  /** The number, once there is one. */
  readonly code: AccessCode | undefined;
  /** Its routes as the form has shown them. */
  readonly shown: readonly CalledRoute[];
  readonly mediumOfQueue: (id: number) => number | undefined;
  /** The number is there: a try that fails at a route goes on from here. */
  readonly onCode: (code: AccessCode) => void;
}

/** Saves a number and what it leads to. There is no operation for both, so it is done in steps, each of which leaves things in order. */
export async function saveNumber({ draft, code, shown, mediumOfQueue, onCode }: NumberSaving): Promise<void> {
  const settings = settingsOf(draft);
  const drafts = takesCalls(settings.direction) ? draft.routes : [];
  const saveCode = async (): Promise<void> => {
    onCode(code === undefined ? await api.ask(createAccessCode, { code: draft.code.trim(), ...settings }) : await api.ask(changeAccessCode, { id: code.id, ...settings }));
  };
  const saveRoutes = async (): Promise<void> => {
    const existing = code === undefined ? [] : await readRoutes(code.code);
    for (const step of planRoutes({ existing, shown, drafts, codeMedium: settings.media, mediumOfQueue })) {
      try {
        await perform(step, draft.code.trim());
      } catch (error) {
        throw new RouteFailed(step.row, error);
      }
    }
  };
  // A number that takes no calls any more gives up its routes first, which would hold it back.
  const steps = drafts.length === 0 ? [saveRoutes, saveCode] : [saveCode, saveRoutes];
  for (const step of steps) await step();
}
