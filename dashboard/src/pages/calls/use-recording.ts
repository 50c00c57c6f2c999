import { useEffect, useRef, useState, type RefObject } from "react";

export interface Recording {
  audio: RefObject<HTMLAudioElement | null>;
  isPlaying: boolean;
  /** of the call's time, not of the recording's */
  positionMs: number;
  rate: number;
  hasFailed: boolean;
  toggle: () => void;
  seek: (positionMs: number) => void;
  setRate: (rate: number) => void;
  /** for the `audio` element */
  onPlayingChange: (isPlaying: boolean) => void;
  onMoved: (seconds: number) => void;
  onFailed: () => void;
}

/**
 * Plays a recording on the call's time axis.
 *
 * @param beginsMs  where the recording begins
 */
export function useRecording(beginsMs: number): Recording {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [rate, setRate] = useState(1);
  const [hasFailed, setFailed] = useState(false);

  // The element tells its time four times a second, which looks like stumbling.
  useEffect(() => {
    if (!isPlaying) return;
    let frame = 0;
    const follow = () => {
      setSeconds(audio.current?.currentTime ?? 0);
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);

  return {
    audio,
    isPlaying,
    positionMs: beginsMs + seconds * 1_000,
    rate,
    hasFailed,
    toggle() {
      if (audio.current?.paused) audio.current.play().catch(() => setFailed(true));
      else audio.current?.pause();
    },
    seek(toMs) {
      const to = Math.max(0, (toMs - beginsMs) / 1_000);
      if (audio.current) audio.current.currentTime = to;
      setSeconds(to);
    },
    setRate(to) {
      if (audio.current) audio.current.playbackRate = to;
      setRate(to);
    },
    onPlayingChange: setPlaying,
    onMoved: setSeconds,
    onFailed: () => setFailed(true),
  };
}

/**
 * The address may be the public one; the page may have come by another, and its security policy plays its own alone.
 */
export function ownAddressOf(url: string): string {
  const { pathname, search } = new URL(url, location.href);
  return pathname + search;
}
