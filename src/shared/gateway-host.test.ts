import { describe, expect, it } from "vitest";

import { gatewayAddressOf } from "./gateway-address";
import { atGatewayHost } from "./gateway-host";
import { parseUrl } from "./parse-url";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const REST = `/v1/${ACCOUNT}/gw/openai`;
const RIGHT = `https://gateway.ai.cloudflare.com${REST}`;
const NAMES = { accountId: ACCOUNT, gatewayName: "gw", segment: "openai" };

describe("the gateway's host", () => {
  it.each([RIGHT, RIGHT.replace(".com/", ".com:443/"), RIGHT.replace("ai.cloud", "AI.Cloud")])(
    "accepts the correct spelling %s",
    (address) => {
      expect(atGatewayHost(address)).toMatchObject({ wrong: null, corrected: RIGHT });
      expect(gatewayAddressOf(address)).toEqual(NAMES);
    },
  );

  it.each([
    [RIGHT.replace("https", "http"), "it starts with http:// instead of https://"],
    [RIGHT.replace("https", "HTTP"), "it starts with http:// instead of https://"],
    [RIGHT.replace("https://", ""), "it does not start with https://"],
    [RIGHT.replace("https:", ""), "it does not start with https://"],
    [
      RIGHT.replace("https://", "").replace(".com/", ".com:443/"),
      "it does not start with https://",
    ],
    [RIGHT.replace(".com/", ".com./"), "it has a dot after the host"],
    [RIGHT.replace(".com/", ".com:8443/"), "it names port 8443"],
    [RIGHT.replace("https://", "https://me:pw@"), "it holds a user name or password"],
    [
      RIGHT.replace("gateway.ai", "gateway%2Eai").replace(".com/", ".com%2E/"),
      "it has a dot after the host",
    ],
  ])("recognises an incorrect spelling and names the mistake: %s", (address, wrong) => {
    expect(atGatewayHost(address)).toMatchObject({ wrong, corrected: RIGHT });
    expect(gatewayAddressOf(address)).toEqual(NAMES);
  });

  it.each([
    "https://api.openai.com/v1",
    RIGHT.replace(".com/", ".com.evil.example/"),
    RIGHT.replace("gateway.", "a-gateway."),
    `https://evil.example/${RIGHT}`,
    "not a URL",
    "api.openai.com/v1",
    `llm.example.com/${RIGHT}`,
    "",
  ])("is not recognised in %s", (address) => {
    expect(atGatewayHost(address)).toBeNull();
    expect(gatewayAddressOf(address)).toBeNull();
  });

  it.each([
    RIGHT,
    `${RIGHT}/v1/`,
    `${RIGHT}//x_-y`,
    "HTTPS://GATEWAY.AI.CLOUDFLARE.COM/V1",
    RIGHT.split("/v1")[0],
    `${RIGHT}/../x`,
    `${RIGHT}/a b`,
    `${RIGHT}?q#f`,
  ])("has the path that a URL parser finds in %s", (address = "") => {
    const url = parseUrl(address);
    const corrected = `https://gateway.ai.cloudflare.com${url?.pathname}${url?.search}${url?.hash}`;
    expect(atGatewayHost(address)).toEqual({
      wrong: null,
      corrected,
      pathname: url?.pathname,
    });
  });
});
