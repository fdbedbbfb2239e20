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

/** Counts these five minutes anew, whatever was counted of them before. */
export async function countFives(tx: Database, vdnId: number, figures: Figures, buckets: readonly number[]): Promise<void> {
  const table = sql.table(figures.table);
  await sql`delete from ${table} where vdn_id = ${vdnId} and grain = ${GRAIN.five} and at = any(${buckets}::bigint[])`.execute(tx);
  await sql`insert into ${table} (vdn_id, grain, at, object, media, sub_media, ${namesOf(figures)})
    select ${vdnId}::integer, ${GRAIN.five}::smallint, bucket, ${sql.raw(figures.object)}, ${MEDIA}, ${SUB_MEDIA}, ${counted(figures)}
    from unnest(${buckets}::bigint[]) as bucket
    join call_segment s on s.vdn_id = ${vdnId} and s.talk_to >= bucket and s.talk_to < bucket + ${sql.lit(FIVE_MS)}
    where ${sql.raw(figures.where)} group by 3, 4, 5, 6`.execute(tx);
}

/** Adds finer figures up to coarser ones of these spans, whatever stood there before; of these alone where some are named. */
export async function addUp(tx: Database, vdnId: number, kept: Kept, from: number, to: number, spans: readonly Span[], objects?: readonly number[]): Promise<void> {
  const table = sql.table(kept.table);
  const [begins, ends] = [spans.map((span) => span.from), spans.map((span) => span.to)];
  const theirs = objects === undefined ? sql`` : sql`and object = any(${objects}::integer[])`;
  await sql`delete from ${table} where vdn_id = ${vdnId} and grain = ${to} and at = any(${begins}::bigint[]) ${theirs}`.execute(tx);
  await sql`insert into ${table} (vdn_id, grain, at, object, media, sub_media, ${namesOf(kept)})
    select ${vdnId}::integer, ${to}::smallint, span.begins, object, media, sub_media, ${folded(kept)}
    from unnest(${begins}::bigint[], ${ends}::bigint[]) as span (begins, ends)
    join ${table} f on f.vdn_id = ${vdnId} and f.grain = ${from} and f.at >= span.begins and f.at < span.ends ${theirs}
    group by 3, 4, 5, 6`.execute(tx);
}

export interface Due {
  readonly agent: number;
  readonly bucket: number;
}

/** One at a time counts what is due of a tenant: two at once would each miss what the other one adds to their common day. */
export async function holdFigures(tx: Database, vdnId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('figures'), ${vdnId}::integer)`.execute(tx);
}

export async function hasDue(db: Database, vdnId: number, kinds: readonly string[], before: number): Promise<boolean> {
  return await db.selectFrom('figure_due').select('bucket').where('vdn_id', '=', vdnId).where('kind', 'in', kinds).where('bucket', '<', before).limit(1).executeTakeFirst() !== undefined;
}

/** Takes what is due and over off the list: whoever adds to it meanwhile puts it there again, behind this. */
export async function takeDue(tx: Database, vdnId: number, kind: string, before: number): Promise<readonly Due[]> {
  // Locked in the order in which they are put there, so that neither waits for the other.
  const { rows } = await sql<Due>`
    delete from figure_due where ctid = any(array(
      select ctid from figure_due where vdn_id = ${vdnId} and kind = ${kind} and bucket < ${before} order by bucket, agent for update))
    returning agent, bucket`.execute(tx);
  return rows;
}

/** Something was recorded that is of these five minutes, or of this day. */
export async function putDue(tx: Database, vdnId: number, kind: string, due: readonly Due[]): Promise<void> {
  if (due.length === 0) return;
  const sorted = due.toSorted((one, other) => one.bucket - other.bucket || one.agent - other.agent);
  // Updated even where it is there already: that locks it, so that nobody counts before this is committed.
  await sql`insert into figure_due (vdn_id, kind, agent, bucket)
    select distinct ${vdnId}::integer, ${kind}, agent, bucket from unnest(${sorted.map(({ agent }) => agent)}::integer[], ${sorted.map(({ bucket }) => bucket)}::bigint[]) as d (agent, bucket)
    order by bucket, agent
    on conflict (vdn_id, kind, agent, bucket) do update set bucket = excluded.bucket`.execute(tx);
}

export interface Wanted extends MediaFilter {
  readonly objects: readonly number[];
  /** Parts of so many milliseconds; the whole unless told. */
  readonly partMs?: number | undefined;
}

/** What is of no medium, such as a rest, is in it whichever is asked for. */
const isWanted = ({ media, subMedia }: MediaFilter, mediaOf: RawBuilder<unknown>, subMediaOf: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${mediaOf} = 0 or (
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
interface ReadRow extends Readonly<Record<string, number | string | null>> {
  readonly object: number | string;
  readonly at: number | string;
}

const figureRow = ({ object, at, ...measures }: ReadRow): FigureRow => ({
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
