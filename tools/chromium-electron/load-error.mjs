/** A load error in Electron's format: `ERR_FAILED (-2) loading 'app://panel/'`. */
/** Chromium's numbers of the possible errors (net/base/net_error_list.h). */
const NUMBERS = new Map([
  ["ERR_FAILED", -2],
  ["ERR_ABORTED", -3],
  ["ERR_FILE_NOT_FOUND", -6],
  ["ERR_UNEXPECTED", -9],
  ["ERR_ACCESS_DENIED", -10],
  ["ERR_BLOCKED_BY_CLIENT", -20],
  ["ERR_BLOCKED_BY_RESPONSE", -27],
  ["ERR_NAME_NOT_RESOLVED", -105],
  ["ERR_INVALID_URL", -300],
  ["ERR_UNKNOWN_URL_SCHEME", -302],
]);

/**
 * @param {string} errorText as reported by DevTools, for example `net::ERR_FAILED`
 * @param {string} url
 */
export function loadError(errorText, url) {
  const code = errorText.replace(/^net::/, "");
  const errno = NUMBERS.get(code) ?? -2;
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url });
}
