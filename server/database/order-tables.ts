import type { JSONColumnType } from 'kysely';

/* Who the tenants are, what they have ordered (15.1), and those who try Parley (17.2, 17.3). */

export interface TenantCustomerTable {
  vdn_id: number;
  company: string;
  /** Name of the person to turn to. */
  contact: string;
  phone: string;
  email: string;
  /** Of a trial: when it ends. */
  trial_until: number | null;
  created_at: number;
}

export interface TenantOrderTable {
  vdn_id: number;
  id: string;
  /** What was ordered, such as voice agents. */
  resource: string;
  amount: number;
  begins_at: number;
  /** Null for ever. */
  ends_at: number | null;
  /** effective, expired or historical. */
  status: string;
  /** What else 15.1.2 tells of it. */
  details: JSONColumnType<object>;
  created_at: number;
  changed_at: number;
}

/** The installation's. */
export interface OmaSettingTable {
  vdn_id: number;
  settings: JSONColumnType<object>;
  /** Shared with whoever calls back (15.1.3), sealed. */
  imc_secret: Buffer | null;
}

/** What was called back (15.1.3), each message once. */
export interface ImcMessageTable {
  vdn_id: number;
  digest: string;
  message: string;
  received_at: number;
}

export interface TrialSettingTable {
  vdn_id: number;
  settings: JSONColumnType<object>;
}

/** The one code that a telephone number has; the number, the address and the code are kept as marks of them. */
export interface TrialCodeTable {
  vdn_id: number;
  phone_mark: string;
  /** Of the address it was mailed to, where the applicant has named one. */
  email_mark: string | null;
  code_mark: string;
  attempts: number;
  sent_at: number;
  expires_at: number;
}

/** Whose application is being dealt with. */
export interface TrialClaimTable {
  vdn_id: number;
  mark: string;
  claimed_at: number;
}

export interface TrialAccessCodeTable {
  vdn_id: number;
  code: string;
  /** The VDN whose it has become. */
  tenant: number | null;
  /** An application had it in hand then. */
  reserved_at: number | null;
  added_at: number;
}

export interface TrialMailDayTable {
  vdn_id: number;
  day: string;
  mails: number;
}

/** Letters that are still to be sent, sealed as they may hold passwords. */
export interface LetterTable {
  vdn_id: number;
  id: string;
  sealed: Buffer;
  created_at: number;
}
