/** The parts of the app's main process that the benchmark of the first test needs. */
export { openCloudflareGateway } from "../../src/main/gateway";
export { loadTestCode } from "../../src/main/proof/probe-route";
