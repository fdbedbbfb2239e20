import { sql, type RawBuilder } from 'kysely';
import { SUB_MEDIA_OF_SESSION } from '@parley/core/call/media-type.ts';
import type { Measures } from '@parley/core/indicator/measure.ts';
import type { Database } from '../../database/connect.ts';
import type { Figures, Kept } from './figures.ts';

export const GRAIN = { five: 5, quarter: 15, day: 1440 } as const;
export const FIVE_MS = 300_000;
export const QUARTER_MS = 900_000;

export interface Span {
  readonly from: number;
  /** Not in it any more. */
  readonly to: number;
}

/** Media type of Table 12-695 and kind of the channel; undefined for all. */
export interface MediaFilter {
  readonly media?: number | undefined;
  readonly subMedia?: number | undefined;
}

/** Figures of somebody in a span. */
export interface FigureRow {
  readonly object: number;
  /** When the part of the span began that they are of; 0 for the whole. */
  readonly at: number;
  readonly measures: Measures;
}

export const namesOf = ({ measures }: Kept): RawBuilder<unknown> => sql.join(Object.keys(measures).map((name) => sql.ref(name)));
/** How rows of parts become one of the whole. */
const folded = ({ measures }: Kept): RawBuilder<unknown> =>
  sql.join(Object.entries(measures).map(([name, { fold }]) => sql`${sql.raw(fold)}(${sql.ref(name)}) as ${sql.ref(name)}`));
export const counted = ({ measures }: Kept): RawBuilder<unknown> =>
  sql.join(Object.entries(measures).map(([name, measure]) => sql`${sql.raw(measure.sql)} as ${sql.ref(name)}`));

const MEDIA = sql.raw('s.media_type');
/** Table 12-696. */
const SUB_MEDIA = sql.raw(`case s.media ${Object.entries(SUB_MEDIA_OF_SESSION).map(([session, sub]) => `when ${session} then ${sub}`).join(' ')} else 0 end`);

const startOf = (column: string, ms: number): RawBuilder<number> => sql<number>`${sql.ref(column)} / ${sql.lit(ms)} * ${sql.lit(ms)}`;

/** In one of these parts. The span of them all is told as well: an index knows of spans, and a table of months is not read for each part. */
const isIn = (column: string, partMs: number, parts: readonly number[]): RawBuilder<unknown> => {
  const at = sql.ref(column);
  return sql`${at} >= ${Math.min(...parts)} and ${at} < ${Math.max(...parts) + partMs} and ${startOf(column, partMs)} = any(${parts}::bigint[])`;
};

/** Counts these five minutes anew, whatever was counted of them before. */
export async function countFives(tx: Database, vdnId: number, figures: Figures, buckets: readonly number[]): Promise<void> {
  const table = sql.table(figures.table);
  await sql`delete from ${table} where vdn_id = ${vdnId} and grain = ${GRAIN.five} and at = any(${buckets}::bigint[])`.execute(tx);
  await sql`insert into ${table} (vdn_id, grain, at, object, media, sub_media, ${namesOf(figures)})
    select ${vdnId}::integer, ${GRAIN.five}::smallint, ${startOf('s.talk_to', FIVE_MS)}, ${sql.raw(figures.object)}, ${MEDIA}, ${SUB_MEDIA}, ${counted(figures)}
    from call_segment s where s.vdn_id = ${vdnId} and ${isIn('s.talk_to', FIVE_MS, buckets)} and ${sql.raw(figures.where)} group by 3, 4, 5, 6`.execute(tx);
}

const ofThese = (objects: readonly number[] | undefined): RawBuilder<unknown> => (objects === undefined ? sql`` : sql`and object = any(${objects}::integer[])`);

/** Adds five minutes up to these quarters of an hour, whatever stood there before; of these alone where some are named. */
export async function addUpQuarters(tx: Database, vdnId: number, kept: Kept, quarters: readonly number[], objects?: readonly number[]): Promise<void> {
  const table = sql.table(kept.table);
  await sql`delete from ${table} where vdn_id = ${vdnId} and grain = ${GRAIN.quarter} and at = any(${quarters}::bigint[]) ${ofThese(objects)}`.execute(tx);
  await sql`insert into ${table} (vdn_id, grain, at, object, media, sub_media, ${namesOf(kept)})
    select ${vdnId}::integer, ${GRAIN.quarter}::smallint, ${startOf('at', QUARTER_MS)}, object, media, sub_media, ${folded(kept)}
    from ${table} where vdn_id = ${vdnId} and grain = ${GRAIN.five} and ${isIn('at', QUARTER_MS, quarters)} ${ofThese(objects)} group by 3, 4, 5, 6`.execute(tx);
}

/** The same of a day and its quarters of an hour. */
export async function addUpDay(tx: Database, vdnId: number, kept: Kept, { from, to }: Span, objects?: readonly number[]): Promise<void> {
  const table = sql.table(kept.table);
  await sql`delete from ${table} where vdn_id = ${vdnId} and grain = ${GRAIN.day} and at = ${from} ${ofThese(objects)}`.execute(tx);
  await sql`insert into ${table} (vdn_id, grain, at, object, media, sub_media, ${namesOf(kept)})
    select ${vdnId}::integer, ${GRAIN.day}::smallint, ${from}::bigint, object, media, sub_media, ${folded(kept)}
    from ${table} where vdn_id = ${vdnId} and grain = ${GRAIN.quarter} and at >= ${from} and at < ${to} ${ofThese(objects)} group by object, media, sub_media`.execute(tx);
}

export interface Due {
  readonly agent: number;
  readonly bucket: number;
  /** Of what goes on for longer: when it is over, not in it any more. */
  readonly until?: number | null;
}

/** One at a time counts what is due of a tenant: two at once would each miss what the other one adds to their common day. */
export async function holdFigures(tx: Database, vdnId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('figures'), ${vdnId}::integer)`.execute(tx);
}

/** The earliest that is due, and over. */
export async function firstDue(db: Database, vdnId: number, kinds: readonly string[], before: number): Promise<number | undefined> {
  // Each kind by itself is one look into the index, however many there are.
  const { rows: [row] } = await sql<{ readonly first: number | null }>`select min(first) as first
    from unnest(${kinds}::text[]) as k (kind), lateral (select min(bucket) as first from figure_due d where d.vdn_id = ${vdnId} and d.kind = k.kind and d.bucket < ${before}) as f`.execute(db);
  return row?.first ?? undefined;
}

/** Takes what is due of a span off the list: whoever adds to it meanwhile puts it there again, behind this. */
export async function takeDue(tx: Database, vdnId: number, kind: string, { from, to }: Span): Promise<readonly Due[]> {
  // Locked in the order in which they are put there, so that neither waits for the other.
  const { rows } = await sql<Due>`
    delete from figure_due where ctid = any(array(
      select ctid from figure_due where vdn_id = ${vdnId} and kind = ${kind} and bucket >= ${from} and bucket < ${to} order by bucket, agent for update))
    returning agent, bucket, until`.execute(tx);
  return rows;
}

/** Something was recorded that is of these five minutes, or of this day. */
export async function putDue(tx: Database, vdnId: number, kind: string, due: readonly Due[]): Promise<void> {
  if (due.length === 0) return;
  // Updated even where it is there already: that locks it, so that nobody counts before this is committed.
  await sql`insert into figure_due (vdn_id, kind, agent, bucket, until)
    select ${vdnId}::integer, ${kind}, agent, bucket, max(until)
    from unnest(${due.map(({ agent }) => agent)}::integer[], ${due.map(({ bucket }) => bucket)}::bigint[], ${due.map(({ until }) => until ?? null)}::bigint[]) as d (agent, bucket, until)
    group by agent, bucket order by bucket, agent
    on conflict (vdn_id, kind, agent, bucket) do update set until = greatest(figure_due.until, excluded.until)`.execute(tx);
}

export interface Wanted extends MediaFilter {
  readonly objects: readonly number[];
  /** Parts of so many milliseconds; the whole unless told. */
  readonly partMs?: number | undefined;
}

/** What is of no medium, such as a rest, is in it whichever is asked for. */
export const isWanted = ({ media, subMedia }: MediaFilter, mediaOf: RawBuilder<unknown>, subMediaOf: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${mediaOf} = 0 or (
  (${media ?? null}::integer is null or ${mediaOf} = ${media ?? null}::integer) and (${subMedia ?? null}::integer is null or ${subMediaOf} = ${subMedia ?? null}::integer)))`;

/** A source of figures: rows of some grain, or the rows of calls themselves. */
export interface Source extends Span {
  readonly grain: number | 'calls';
}

const isOfCalls = (kept: Kept): kept is Figures => 'object' in kept;

const partStart = (partMs: number | undefined, column: string): RawBuilder<unknown> => (partMs === undefined ? sql`0::bigint` : startOf(column, partMs));

function ofRows(vdnId: number, figures: Figures, { from, to }: Span, { objects, partMs, ...filter }: Wanted, more = sql``): RawBuilder<unknown> {
  return sql`select ${sql.raw(figures.object)} as object, ${partStart(partMs, 's.talk_to')} as at, ${counted(figures)} from call_segment s
    where s.vdn_id = ${vdnId} and s.talk_to >= ${from} and s.talk_to < ${to} and ${sql.raw(figures.where)} and ${sql.raw(figures.object)} = any(${objects}::integer[])
      and ${isWanted(filter, MEDIA, SUB_MEDIA)} ${more} group by 1, 2`;
}

/** Sums of many are of a type that comes as text. */
export interface ReadRow extends Readonly<Record<string, number | string | null>> {
  readonly object: number | string;
  readonly at: number | string;
}

export const figureRow = ({ object, at, ...measures }: ReadRow): FigureRow => ({
  object: Number(object), at: Number(at), measures: Object.fromEntries(Object.entries(measures).flatMap(([name, value]) => (value === null ? [] : [[name, Number(value)]]))),
});

/** Figures of the spans together. */
export async function readFigures(db: Database, vdnId: number, kept: Kept, sources: readonly Source[], wanted: Wanted): Promise<readonly FigureRow[]> {
  const { objects, partMs, ...filter } = wanted;
  const parts = sources.filter(({ from, to }) => to > from).flatMap(({ grain, from, to }) => {
    if (grain === 'calls') return isOfCalls(kept) ? [ofRows(vdnId, kept, { from, to }, wanted)] : [];
    return [sql`select object, ${partStart(partMs, 'at')} as at, ${namesOf(kept)} from ${sql.table(kept.table)}
      where vdn_id = ${vdnId} and grain = ${grain} and at >= ${from} and at < ${to} and object = any(${objects}::integer[])
        and ${isWanted(filter, sql.ref('media'), sql.ref('sub_media'))}`];
  });
  if (parts.length === 0) return [];
  const { rows } = await sql<ReadRow>`
    select object, at, ${folded(kept)} from (${sql.join(parts, sql` union all `)}) as part group by object, at order by object, at`.execute(db);
  return rows.map(figureRow);
}

/** What callers dialled, and whether they kept their numbers to themselves. */
export interface CallFilter {
  readonly called?: string | undefined;
  readonly anonymous?: boolean | undefined;
}

/** Figures of the rows of some calls alone. */
export async function readFiltered(db: Database, vdnId: number, figures: Figures, span: Span, wanted: Wanted, { called, anonymous }: CallFilter): Promise<readonly FigureRow[]> {
  const those = sql`${called === undefined ? sql`` : sql`and s.called = ${called}`} ${anonymous === undefined ? sql`` : sql.raw(anonymous ? 'and s.anonymous' : 'and not s.anonymous')}`;
  const { rows } = await sql<ReadRow>`${ofRows(vdnId, figures, span, wanted, those)} order by 1, 2`.execute(db);
  return rows.map(figureRow);
}
