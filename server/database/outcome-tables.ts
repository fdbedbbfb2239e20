/** What can come of a call; the business results of campaigns (7.1.12) are the same thing. */
export interface OutcomeTable {
  vdn_id: number;
  code: string;
  name: string;
  description: string;
  /** Where it stands among the others; a removed one leaves a gap. */
  place: number;
  enabled: boolean;
  created_at: number;
}

/** What came of a call, as one of its agents has noted. */
export interface CallOutcomeTable {
  vdn_id: number;
  call: string;
  agent: number;
  code: string;
  remark: string;
  noted_at: number;
}
