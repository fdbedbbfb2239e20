import type { JSONColumnType } from 'kysely';

/* 12.3.6: five-minute samples of the installation. */

/** Numbers of offices: trunks have names, and clients know offices by small numbers that stay. Those of the installation. */
export interface OfficeTable {
  vdn_id: number;
  no: number;
  name: string;
}

/** Five minutes of something: of an office or of all phones (of the installation), or of a tenant. */
export interface SystemSampleTable {
  vdn_id: number;
  /** When the five minutes began. */
  at: number;
  /** office, terminals or tenant. */
  kind: string;
  /** The media node, as `ip#number`; empty of tenants. */
  node: string;
  /** Number of the office; 0 of what is none. */
  object: number;
  figures: JSONColumnType<object>;
}
