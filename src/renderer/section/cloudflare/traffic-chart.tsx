/** Bars of requests over time with their errors, and the same figures as a table for screen readers. */
import type { TrafficView } from "../../../shared/account";
import { countOf, dayAndTimeOf, timeOf } from "../words/account-figures";
import { accountWords } from "../words/account-words";

const { traffic: texts } = accountWords;

/** The height of the drawing in its own units. The drawing is stretched to the available width. */
const HEIGHT = 56;
const STEP = 10;
const GAP = 2;
/** The smallest height of a bar with requests. */
const LEAST = 2;

export function TrafficChart(props: { readonly view: TrafficView }) {
  const { steps, window, from, to } = props.view;
  const most = Math.max(0, ...steps.map(({ requests }) => requests));
  if (steps.length === 0 || most === 0) return null;
  const momentOf = window === "hour" || window === "day" ? timeOf : dayAndTimeOf;
  return (
    <figure className="cfgw-account-chart">
      <svg
        viewBox={`0 0 ${steps.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {steps.map(({ start, requests, errors }, index) => {
          const all = heightOf(requests, most);
          const bad = Math.min(all, heightOf(errors, most));
          const x = index * STEP + GAP / 2;
          return (
            <g key={start}>
              <rect
                className="cfgw-account-bar-all"
                x={x}
                y={HEIGHT - all}
                width={STEP - GAP}
                height={all}
              />
              <rect
                className="cfgw-account-bar-bad"
                x={x}
                y={HEIGHT - bad}
                width={STEP - GAP}
                height={bad}
              />
            </g>
          );
        })}
      </svg>
      <figcaption aria-hidden="true">
        <span>{momentOf(from)}</span>
        <span>{texts.most(countOf(most))}</span>
        <span>{momentOf(to)}</span>
      </figcaption>
      <table className="cfgw-hidden">
        <caption>{texts.chart(texts.windows[window])}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.start}</th>
            <th scope="col">{texts.requests}</th>
            <th scope="col">{texts.errors}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ start, requests, errors }) => (
            <tr key={start}>
              <th scope="row">{dayAndTimeOf(start)}</th>
              <td>{countOf(requests)}</td>
              <td>{countOf(errors)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function heightOf(count: number, most: number): number {
  if (count <= 0) return 0;
  return Math.max(LEAST, Math.round((count / most) * HEIGHT));
}
