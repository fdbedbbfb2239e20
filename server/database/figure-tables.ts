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

/** Five minutes, or days, in which something was recorded since they were counted. */
export interface FigureDueTable {
  vdn_id: number;
  /** Five minutes of calls; of work: what agents did; a span of it; a day of calls, and a workday. */
  kind: string;
  /** Of work, spans and workdays alone; 0 else. */
  agent: number;
  bucket: number;
  /** Of a span: when it is over, not in it any more; notes of earlier releases have none. */
  until: number | null;
}

/** What calls of one number came to in a day; the measures stand beside these columns, as server/modules/indicator/daily.ts names them. */
export interface DailyTable {
  vdn_id: number;
  number: string;
  /** Of the tenant's zone, such as `2020-08-24`. */
  day: string;
  feature: number;
  /** The first flow of the call; 65535 for none. */
  service: number;
  /** Of the last row; -1 for none. */
  agent: number;
  queue: number;
}
