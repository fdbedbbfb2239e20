import type { Generated } from 'kysely';

/* What callers show who they are with: former passwords, keys and tokens. */

export interface AccountPasswordTable {
  vdn_id: number;
  account: string;
  changed_at: number;
  password_hash: string;
}

export interface AccessKeyTable {
  vdn_id: number;
  scheme: string;
  key_id: string;
  label: string;
  /** Encrypted, not hashed: signatures need the secret itself. */
  secret: Buffer;
  enabled: Generated<boolean>;
  created_at: number;
}

export interface AccessTokenTable {
  vdn_id: number;
  digest: string;
  kind: string;
  /** Key or account the token speaks for. */
  subject: string;
  /** Second half of a session, sent back by the console with each change. */
  csrf: string | null;
  /** What it is for, where there are several of a kind. */
  label: string | null;
  created_at: number;
  expires_at: number;
}

/** CTI passwords that an agent had before. */
export interface AgentPasswordTable {
  vdn_id: number;
  work_no: number;
  until: number;
  cti_fingerprint: string;
}
