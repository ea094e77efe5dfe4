/** Tests what reaches the gateway and the providers when mux takes the route of the settings. */
import {
  DEMO_ACCOUNT_ID,
  DEMO_FIELDS,
  DEMO_GATEWAY,
  DEMO_KEYS,
  DEMO_TEAM_GATEWAY,
} from "../demo/names";
import { COMMENTED } from "./files";
import { expect, test } from "./shared-window";

const GATEWAY_PATH = `/v1/${DEMO_ACCOUNT_ID}/${DEMO_GATEWAY}`;

// With the mirror, mux takes the route of the settings, so a test is about the gateway.
test.use({ providersText: COMMENTED, mirror: true });

test("sends one request with the provider's key to its segment of the gateway and proves the route", async ({
  ui,
  demo,
  panel,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText("Through");
  await ui.test("Anthropic");

  await expect(ui.verdict("Anthropic")).toHaveText(
    `Went through Cloudflare AI Gateway ${DEMO_GATEWAY}`,
  );
  const evidence = await ui.evidence("Anthropic");
  await expect(evidence).toContainText(/cf-aig-log-id: \S+/);
  await expect(evidence).toContainText("MISS");

  expect(demo.requests).toHaveLength(1);
  const [request] = demo.requests;
  expect(request).toMatchObject({
    host: "gateway.ai.cloudflare.com",
    method: "POST",
    path: `${GATEWAY_PATH}/anthropic/v1/messages`,
  });
  expect(request?.headers["x-api-key"]).toBe(DEMO_KEYS.anthropic);
  expect(request?.forwarded).not.toBeNull();
  const line = `Using Cloudflare AI Gateway { provider: 'anthropic', accountId: '${DEMO_ACCOUNT_ID}', gatewayName: '${DEMO_GATEWAY}' }`;
  await expect.poll(() => panel.log().join(" ").replaceAll(/\s+/g, " ")).toContain(line);

  for (const [name, path, header, key] of [
    ["OpenAI", "/openai/responses", "authorization", `Bearer ${DEMO_KEYS.openai}`],
    [
      "Google",
      "/google-ai-studio/v1beta/models/gemini-flash-lite-latest:streamGenerateContent?alt=sse",
      "x-goog-api-key",
      DEMO_KEYS.google,
    ],
    ["xAI", "/grok/v1/chat/completions", "authorization", `Bearer ${DEMO_KEYS.xai}`],
  ] as const) {
    await ui.switchOf(name).click();
    await expect(ui.where(name)).toContainText("Through");
    demo.clearRequests();
    await ui.test(name);
    await expect(ui.verdict(name)).toHaveText(/^Went through Cloudflare AI Gateway/);
    expect(demo.requests.map((each) => each.path)).toEqual([`${GATEWAY_PATH}${path}`]);
    expect(demo.requests[0]?.headers[header]).toBe(key);
  }
});

test("routes two providers through different gateways while a third one stays direct", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
  // The second one first gets the usual gateway, then its own.
  await ui.switchOf("OpenAI").click();
  await expect(ui.where("OpenAI")).toContainText(`Through ${DEMO_GATEWAY}`);
  await ui.open("OpenAI");
  await ui.fill("OpenAI", { gatewayName: DEMO_TEAM_GATEWAY });
  await ui.save("OpenAI").click();
  await expect(ui.where("OpenAI")).toContainText(`Through ${DEMO_TEAM_GATEWAY}`);

  for (const name of ["Anthropic", "OpenAI", "Google"]) await ui.test(name);
  expect(demo.requests.map(({ host, path }) => `${host}${path}`)).toEqual([
    `gateway.ai.cloudflare.com${GATEWAY_PATH}/anthropic/v1/messages`,
    `gateway.ai.cloudflare.com/v1/${DEMO_ACCOUNT_ID}/${DEMO_TEAM_GATEWAY}/openai/responses`,
    expect.stringMatching(/^generativelanguage\.googleapis\.com\/v1beta\/models\//),
  ]);
});
