/* What is counted in spans of time (12.3.2): rows of sums, from which every average and rate is made anew. */

/** The measures stand beside these columns, as server/modules/indicator/figures.ts names them. */
export interface FigureTable {
  vdn_id: number;
  /** Minutes: 5 and 15 in UTC, 1440 for days of the tenant's zone. */
  grain: number;
  /** When it begins. */
  at: number;
  /** Whose it is. */
  object: number;
  /** Media type of Table 12-695, and kind of the channel. */
  media: number;
  sub_media: number;
}

/** Five minutes in which something was recorded since they were counted. */
export interface FigureDueTable {
  vdn_id: number;
  /** calls, or work: what agents did. */
  kind: string;
  /** Of work alone; 0 else. */
  agent: number;
  bucket: number;
}
