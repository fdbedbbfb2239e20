/** 6.1.5.1: 3.8 KB, as the business encrypts for itself where it wants to; the platform does not. */
export const MAX_MESSAGE_BYTES = 3891;

const utf8 = new TextEncoder();
export const messageBytes = (text: string): number => utf8.encode(text).length;

/** Table 6-255: the kinds of content that are files, and of which kinds of file each may be; of a video every kind. */
const FILES: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['IMAGE', ['jpg', 'png', 'jpeg']],
  ['AUDIO', ['mp3', 'aac', 'm4a', 'mp4']],
  ['VIDEO', undefined],
  ['EMOTICONS', ['gif']],
  ['DOCUMENT', ['doc', 'docx', 'pdf', 'zip', 'rtf']],
]);

export const isFile = (mediaType: string): boolean => FILES.has(mediaType);

/** The kinds of file of which this content may not be the one given; undefined where all is well. */
export function otherFileTypes(mediaType: string, fileType: string): readonly string[] | undefined {
  const types = FILES.get(mediaType);
  return types === undefined || types.includes(fileType.toLowerCase()) ? undefined : types;
}
