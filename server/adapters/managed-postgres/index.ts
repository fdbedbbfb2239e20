export { startManagedPostgres } from './managed-postgres.ts';
export type { ManagedPostgres, ManagedPostgresOptions } from './managed-postgres.ts';
export { startThrowawayPostgres } from './throwaway.ts';
export type { PrepareSchema } from './upgrade.ts';
