import type { ImageRequest } from './call-state.ts';

const MOST_PIXELS = 1920;
const QUALITIES = [0.9, 0.6, 0.3];

/** What the camera sees, as a JPEG in Base64 that is no larger than it may be. */
async function takePicture(maxBytes: number): Promise<string | undefined> {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, facingMode: 'user' } });
  try {
    const video = Object.assign(document.createElement('video'), { srcObject: camera, muted: true, playsInline: true });
    await video.play();
    const scale = Math.min(1, MOST_PIXELS / Math.max(video.videoWidth, video.videoHeight));
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(video.videoWidth * scale), height: Math.round(video.videoHeight * scale) });
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    return QUALITIES.map((quality) => canvas.toDataURL('image/jpeg', quality).split(',')[1] ?? '').find((image) => image !== '' && image.length * 3 / 4 <= maxBytes);
  } finally {
    for (const track of camera.getTracks()) track.stop();
  }
}

/** Brings the picture that was asked for, or says that there is none (bringImage). */
export async function bringImage(service: string, { path, token, maxBytes }: ImageRequest, isWilling: boolean): Promise<void> {
  const image = isWilling ? await takePicture(maxBytes).catch(() => undefined) : undefined;
  await fetch(new URL(path, service), {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(image === undefined ? { token, refused: true } : { token, image }),
  });
}
