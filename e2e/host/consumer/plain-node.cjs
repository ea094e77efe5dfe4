/** Uses the installed package as a host's main process does, without Electron and React. */
const { openCloudflareGateway } = require("mux-cloudflare-gateway/main");

async function main() {
  const [home, accountId, gatewayName] = process.argv.slice(2);
  const log = { info() {}, warn() {} };
  const gateway = openCloudflareGateway({ home, env: {}, log });
  const enabled = await gateway.enable("anthropic", { accountId, gatewayName });
  // The AI SDK is ESM only: this fails if `import()` became `require()` on the way.
  const model = await gateway.languageModel("anthropic:claude-haiku-4-5");
  await gateway.close();
  const { modelId } = model.success ? model.data : {};
  console.log(JSON.stringify({ file: gateway.file, enabled: enabled.success, modelId }));
}

void main();
