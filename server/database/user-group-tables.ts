/* Groups of agents (12.3.4), and what is counted of all that is in use (12.3.6.8). */

export interface UserGroupTable {
  vdn_id: number;
  /** 30 digits. */
  group_id: string;
  /** By which decisions know it. */
  no: number;
  /** agents or inspectors. */
  kind: string;
  name: string;
  remark: string;
  created_at: number;
}

export interface UserGroupMemberTable {
  vdn_id: number;
  work_no: number;
  group_id: string;
}

/** Members of the one group may inspect those of the other. */
export interface InspectionRelationTable {
  vdn_id: number;
  inspectors: string;
  inspected: string;
}

/** The most that there ever was at one time; of VDN 0 in the whole installation. */
export interface UsagePeakTable {
  vdn_id: number;
  what: string;
  most: number;
  at: number;
}
