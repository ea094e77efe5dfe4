/** The mark of this panel's own tests in the log of a gateway. */

/** `source` in the metadata of a test. mux's own requests have none. */
export const OWN_TEST_SOURCE = "panel-test";
