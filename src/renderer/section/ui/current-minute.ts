/** The current time, updated every minute, for “2 min ago”. */
import { useEffect, useState } from "react";

const MINUTE_MS = 60_000;

/** In milliseconds since the epoch. */
export function useCurrentMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, MINUTE_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
