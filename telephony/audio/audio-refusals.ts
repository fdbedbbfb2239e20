/** Everything an audio file can be refused for, with what a person may be told. */
export const audioRefusals = {
  'wav-not-riff': 'The file is not a RIFF/WAVE file.',
  'wav-no-format': 'The WAVE file has no format chunk before its data.',
  'wav-format-broken': 'The format chunk of the WAVE file is cut short or contradicts itself.',
  'wav-encoding-unsupported': 'The WAVE file is encoded in a way that is not supported.',
  'wav-channels-unsupported': 'The WAVE file has no channel or too many channels.',
  'wav-rate-unsupported': 'The sampling rate of the WAVE file is too low or too high.',
  'wav-no-data': 'The WAVE file has no data chunk.',
  'mp3-no-frames': 'The file has no run of MPEG audio layer III frames.',
  'mp3-undecodable': 'The MP3 decoder could not make sound of the file.',
  'sound-missing': 'There is no such sound file, or it cannot be read.',
  'sound-too-large': 'The sound file is too large.',
  'audio-empty': 'The file holds no sound.',
  'audio-too-long': 'The sound is longer than allowed.',
  'transcoder-busy': 'The transcoder has too much to do.',
  'transcoder-overdue': 'The file took too long to transcode.',
  'transcoder-crashed': 'The transcoder broke down on the file.',
  'transcoder-closed': 'The transcoder is closed.',
} as const;

export type AudioRefusalReason = keyof typeof audioRefusals;

export type AudioRefusal = { readonly ok: false; readonly reason: AudioRefusalReason };

export function refuseAudio(reason: AudioRefusalReason): AudioRefusal {
  return { ok: false, reason };
}
