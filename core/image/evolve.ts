import type { Centre } from '../centre/state.ts';
import { cancelTimer, setTimer } from '../centre/timers.ts';
import type { ImageEvent } from './event.ts';
import { IMAGE_MS, imageTimer } from './image.ts';

export function evolveImage({ legs, given, timers }: Centre, event: ImageEvent, at: number): void {
  const leg = legs.get(event.leg);
  switch (event.type) {
    case 'ImageAsked': {
      const { image, agent, call, path } = event;
      given.image += 1;
      if (leg === undefined) return;
      leg.awaited = { image, agent, call, path };
      setTimer(timers, imageTimer(leg.id), at + IMAGE_MS);
      return;
    }
    case 'ImageCaptured':
      if (leg !== undefined) leg.awaited = undefined;
      cancelTimer(timers, imageTimer(event.leg));
      return;
    default:
      event satisfies never;
  }
}
