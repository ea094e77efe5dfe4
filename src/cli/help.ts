/** The command line's help, which fits on a screen of 80 by 24 characters. */

export const COMMAND_NAME = "mux-cloudflare-gateway";

const LINES = [
  "Puts mux's AI providers behind your own Cloudflare AI Gateway.",
  "",
  `Usage: ${COMMAND_NAME} <command> [provider…] [options]`,
  "",
  "  status                   show the route of every provider",
  "  gateways                 list the gateways in the file",
  "  on <provider…|--all>     send providers through a gateway",
  "  off <provider…|--all>    send providers direct; the settings are kept",
  "  remove <provider…|--all> delete their gateway settings and tokens",
  "  test <provider…|--all>   send one short request each, and show its route",
  "  doctor [gateway]         check the gateway with CLOUDFLARE_API_TOKEN",
  "",
  "  --home <dir>             the folder of providers.jsonc (default: as in mux)",
  "  --json                   print one JSON object; messages go to stderr",
  "  --account <id>, --gateway <name>   for “on”; default: the file's only gateway",
  "  --host <domain>          for “on”: the gateway's custom domain",
  "  --confirm-host           for “on”: the domain is yours, and may see your keys",
  "  --segment <segment>      for “on” and one provider, such as custom-acme",
  "  --token-stdin            for “on”: read the gateway's token from a pipe",
  "  --no-token               for “on”: the gateway needs no token",
  "  --no-mirror              for “on”: add no fields for released versions of mux",
  "The token can also be in CLOUDFLARE_AI_GATEWAY_TOKEN.",
  "Exit codes: 0 done, 1 test failed or left out, 2 usage, 3 file, 4 file locked",
] as const;

export const HELP = `${LINES.join("\n")}\n`;
