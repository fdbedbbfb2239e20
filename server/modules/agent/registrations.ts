import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { listSipNumbers } from './store.ts';

export interface RegistrationsDependencies {
  readonly db: Database;
  readonly writer: Pick<Writer, 'subscribe'>;
  readonly dropAll: (sipNumber: string) => void;
  /** Told where the phones could not be found: their registrations then stand until they would be refreshed. */
  readonly onFault: (message: string, details: object) => void;
}

/** The phones of a tenant that is switched off may register no longer, so those that have are not kept until their time is up. */
export function endRegistrationsOfTenants({ db, writer, dropAll, onFault }: RegistrationsDependencies): void {
  const endAll = async (vdnId: number): Promise<void> => {
    for (const number of await listSipNumbers(db, vdnId)) dropAll(number);
  };
  writer.subscribe(({ change: { what, id, before, after } }) => {
    const isOn = (tenant: { readonly enabled?: boolean } | null): boolean => tenant?.enabled === true;
    if (what !== 'tenant' || !isOn(before) || isOn(after)) return;
    endAll(Number(id)).catch((error: unknown) => {
      onFault('the phones of a tenant that was switched off are still registered', { vdnId: Number(id), error });
    });
  });
}
