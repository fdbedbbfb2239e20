import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { PLACES, type Place } from './places.ts';

const AGAIN_MS = 2000;
/** Whoever has just opened a page is to have it first. */
const CALM_MS = 3000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/console/', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

/** A page that cannot be fetched is so because the server is away, or because there is a newer console by now: the whole of it is loaded anew as soon as it can be. */
async function loaded(load: Place['load']): Promise<{ readonly default: ComponentType }> {
  try {
    return { default: await load() };
  } catch {
    do await pause(AGAIN_MS); while (!(await serverAnswers()));
    location.reload();
    return new Promise(() => undefined);
  }
}

const pages = new Map<Place, LazyExoticComponent<ComponentType>>(PLACES.map((place) => [place, lazy(() => loaded(place.load))]));

/** The page of a place, fetched when it is first entered. */
export function pageOf(place: Place): LazyExoticComponent<ComponentType> {
  const page = pages.get(place);
  if (page === undefined) throw new Error(`there is no page at ${place.path}`);
  return page;
}

/** Fetches pages in advance, one after another, so that a place opens at once, and also while the line is down. */
export function fetchInAdvance(places: readonly Place[]): () => void {
  let isWanted = true;
  const fetchAll = async (): Promise<void> => {
    await pause(CALM_MS);
    for (const { load } of places) {
      if (!isWanted) return;
      // What cannot be had now is fetched when it is entered.
      await load().catch(() => undefined);
    }
  };
  void fetchAll();
  return () => { isWanted = false; };
}
