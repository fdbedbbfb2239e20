import type { Generated, JSONColumnType } from 'kysely';

/** A file that is made, or was made, of records (13.2.1.2, 13.2.1.6). */
export interface ExportJobTable {
  vdn_id: number;
  /** 32 digits in hexadecimal. */
  id: string;
  /** bill or operations. */
  kind: string;
  file_name: string;
  /** The key that asked, which signs what is told. */
  key_scheme: string;
  key_id: string;
  /** What is wanted; it may hold numbers. */
  asked: JSONColumnType<object>;
  /** The tenant space, where the request named one. */
  account_id: string | null;
  callback_url: string;
  /** waiting, ready, told, untold, failed or erased. */
  state: string;
  /** Somebody was erased while it was being made: it is to be made anew. */
  is_stale: Generated<boolean>;
  created_at: number;
  expires_at: number;
}

/** A voice file that another program has uploaded (13.2.1.13). */
export interface ThirdPartyFileTable {
  vdn_id: number;
  /** In lower case, as it lies in the file store. */
  name: string;
  bytes: number;
  sha256: string;
  created_at: number;
}

/** A copy of a recording in a file store that hands it out itself (13.2.1.1). */
export interface SharedCopyTable {
  vdn_id: number;
  /** In the file store. */
  key: string;
  /** Of which file of recordings. */
  file: string;
  expires_at: number;
}
