/** Finds an address in a text that may be on a gateway's custom domain. */
import { checkGatewayDomain } from "../../../shared/gateway-domain";
import { checkSegment } from "../../../shared/gateway-names";
import { KNOWN_SEGMENTS } from "../../../shared/segments";

export interface ProposedDomain {
  readonly host: string;
  /** The segment in its path. */
  readonly segment: string;
}

const ADDRESS = /https:\/\/[^\s"'`<>,;\\]+/giu;
/** A pasted command is shorter. */
const MOST_CHARACTERS = 20_000;

/**
 * The custom domain in a text: the only host in it that could be one, with a path that begins with a
 * segment of the gateway. Null if there is none or more than one. Anyone can own such a host, so it
 * is only proposed.
 */
export function proposedDomain(text: string): ProposedDomain | null {
  const found = [...text.slice(0, MOST_CHARACTERS).matchAll(ADDRESS)].flatMap(([address]) => {
    const proposed = domainOfAddress(address);
    return proposed === null ? [] : [proposed];
  });
  const [first] = found;
  return first !== undefined && found.every(({ host }) => host === first.host) ? first : null;
}

function domainOfAddress(address: string): ProposedDomain | null {
  if (!URL.canParse(address)) return null;
  const { host, pathname, username, password } = new URL(address);
  if (username + password !== "" || !checkGatewayDomain(host).success) return null;
  const segment = pathname.split("/")[1] ?? "";
  const isSegment =
    KNOWN_SEGMENTS.has(segment) || (segment.startsWith("custom-") && checkSegment(segment).success);
  return isSegment ? { host, segment } : null;
}
