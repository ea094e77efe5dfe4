/** A counter of the seconds since a moment. */
import { useEffect, useState } from "react";

const TICK_MS = 100;

export function Elapsed(props: { readonly since: number }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(performance.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const seconds = Math.max(0, now - props.since) / 1000;
  return <span className="cfgw-number">{seconds.toFixed(1)} s</span>;
}
