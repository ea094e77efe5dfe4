/**
 * Errors of providers about the account and its key. Source: the providers' documentation and public
 * reports of real responses.
 */
import type { DiagnosisRule } from "../diagnosis-rule";

/** Specific states come before general ones; another model helps only where a rule says so. */
export const PROVIDER_ACCOUNT_RULES: readonly DiagnosisRule[] = [
  {
    rule: "provider_login_token",
    culprit: "provider",
    match: {
      in: "provider",
      text: /only authorized for use with claude code|oauth (?:authentication|token)[^.]{0,40}(?:not (?:supported|allowed)|is currently not)|chatgpt (?:login|session) token|subscription (?:login|token) cannot be used/i,
    },
    short: "Login token used",
    title: "{provider} does not accept a login's token in place of an API key.",
    meaning: "The key in the settings is the token of a login, not an API key: {message}",
    action: "Create an API key in your account at {provider} and use it instead.",
    act: "check_key",
    example: {
      status: 400,
      body: {
        type: "error",
        error: {
          type: "invalid_request_error",
          message: "This credential is only authorized for use with Claude Code.",
        },
      },
    },
  },
  {
    rule: "provider_extra_usage",
    culprit: "provider",
    match: { in: "provider", text: /\bextra usage\b/i },
    short: "Extra usage required",
    title: "{provider} pays for this request from extra usage, which is off or used up.",
    meaning: "The key belongs to a subscription, whose plan does not cover other apps: {message}",
    action: "Turn on extra usage at {provider}, or use an API key that is paid by usage.",
    act: "check_key",
    example: {
      status: 400,
      body: {
        type: "error",
        error: {
          type: "invalid_request_error",
          message: "Third-party apps now draw from your extra usage, not your plan limits.",
        },
      },
    },
  },
  {
    rule: "provider_key_leaked",
    culprit: "provider",
    match: {
      in: "provider",
      text: /(?:api key|key|token)[^.]{0,40}(?:reported as leaked|leaked|compromised|publicly exposed)/i,
    },
    short: "Key leaked",
    title: "{provider} blocked the API key because it was found in public.",
    meaning: "Anyone could have used it: {message}",
    action: "Create a new key at {provider}, delete this one, and check the account's usage.",
    act: "check_key",
    example: {
      status: 403,
      body: {
        error: {
          code: 403,
          message: "Your API key was reported as leaked. Please use another API key.",
          status: "PERMISSION_DENIED",
        },
      },
    },
  },
  {
    rule: "provider_key_restricted",
    culprit: "provider",
    match: {
      in: "provider",
      text: /api_key_(?:http_referrer|ip_address|service|android_app|ios_app)_blocked|ip_?(?: address)? ?(?:is )?not[ _](?:authorized|allowed)|requests (?:from|to) [^.]{0,80}are blocked/i,
    },
    short: "Key is restricted",
    title: "A restriction of the key at {provider} stops the request.",
    meaning: "Through a gateway, requests come from Cloudflare's addresses: {message}",
    action: "Change the key's restrictions in your account at {provider}.",
    act: "check_key",
    example: {
      status: 403,
      body: {
        error: {
          code: 403,
          message: "The provided API key has an IP address restriction.",
          status: "PERMISSION_DENIED",
          details: [{ reason: "API_KEY_IP_ADDRESS_BLOCKED" }],
        },
      },
    },
  },
  {
    rule: "provider_proxy_budget",
    culprit: "provider",
    match: {
      in: "provider",
      text: /budget[_ ](?:has been )?exceeded|exceeded[_ ]?budget|exceeded[^.]{0,40}budget/i,
    },
    short: "Budget used up",
    title: "A budget at {provider} is used up.",
    meaning: "The proxy at {host} limits the spending of this key or team: {message}",
    action: "Ask the operator of {host} to raise the budget, or wait until it resets.",
    act: null,
    example: {
      status: 400,
      body: {
        error: {
          message: "Budget has been exceeded! Current cost: 10.2, Max budget: 10.0",
          type: "budget_exceeded",
          param: null,
          code: "400",
        },
      },
    },
  },
  {
    rule: "provider_key_limit",
    culprit: "provider",
    match: { in: "provider", text: /\bkey (?:total |daily |monthly )?limit exceeded/i },
    short: "Key limit reached",
    title: "The limit of this key at {provider} is reached.",
    meaning: "The key has a limit of its own, whatever the account's credit is: {message}",
    action: "Raise the limit of the key in your account at {provider}.",
    act: "check_key",
    example: {
      status: 403,
      body: { error: { message: "Key limit exceeded (total limit).", code: 403 } },
    },
  },
  {
    rule: "provider_spend_limit",
    culprit: "provider",
    match: {
      in: "provider",
      text: /specified api usage limits|(?:monthly|own|hard|configured) (?:usage|spend(?:ing)?|budget) limit|spend(?:ing)? (?:limit|cap)[^.]{0,40}(?:reached|exceeded|hit)|(?:reached|exceeded|hit)[^.]{0,40}spend(?:ing)? (?:limit|cap)|billing hard limit|spend_limit_reached|blocked_api_access/i,
    },
    short: "Spending limit reached",
    title: "A spending limit at {provider} is reached.",
    meaning: "The key works, but a limit that you set at {provider} stops it: {message}",
    action: "Raise the limit in your account at {provider}, or wait until it resets.",
    act: null,
    example: {
      status: 400,
      body: {
        type: "error",
        error: {
          type: "invalid_request_error",
          message: "You have reached your specified API usage limits.",
        },
      },
    },
  },
  {
    rule: "provider_free_allocation",
    culprit: "provider",
    match: {
      in: "provider",
      text: /cloudflare_(?:3036|4006)\b|daily free allocation|freetieronly|free tier[^.]{0,60}(?:exhausted|used up)|included credits[^.]{0,60}|free[^.]{0,40}(?:credits|quota|allocation)[^.]{0,40}(?:exhausted|used up|expired)/i,
    },
    short: "Free quota used up",
    title: "The free quota at {provider} is used up.",
    meaning: "The key works, but the account has no paid plan for more requests: {message}",
    action: "Wait until the quota resets, or set up payment at {provider}.",
    act: null,
    example: {
      status: 429,
      body: {
        success: false,
        errors: [{ code: 4006, message: "You have used up your daily free allocation" }],
      },
    },
  },
  {
    rule: "provider_no_credit",
    culprit: "provider",
    match: {
      in: "provider",
      // Rate limit messages may mention billing; "limit: 0" means that the model is paid-only.
      text: /^(?![^]*(?:rate_limit_exceeded|rate limit reached|quota exceeded for metric(?![^]*limit: 0\b)))[^]*(?:insufficient[ _](?:quota|balance|credits?|funds|account balance)|credit balance|credits? (?:expired|depleted|exhausted)|exceeded your current quota|billing|purchase (?:more )?credits|out of credits|used all available credits|payment[ _]required|requires more credits|exceeded_current_quota|arrear|please recharge|余额不足|balance is insufficient|not[_ ]enough[_ ]balance|add (?:or update )?(?:a|your) payment method)/i,
    },
    short: "No credit",
    title: "The account at {provider} has no credit.",
    meaning: "The key works, but {provider} requires payment first: {message}",
    action: "Add credit or raise the limit in your account at {provider}.",
    act: null,
    example: {
      status: 429,
      body: { error: { message: "You exceeded your current quota.", code: "insufficient_quota" } },
    },
  },
  {
    rule: "provider_api_disabled",
    culprit: "provider",
    match: {
      in: "provider",
      text: /service_disabled|api has not been used in project|api (?:is )?(?:not enabled|disabled)/i,
    },
    short: "API not enabled",
    title: "The API is not enabled in the account's project at {provider}.",
    meaning: "The key works, but its project may not use this API: {message}",
    action: "Enable the API in the project at {provider}, wait a few minutes, and test again.",
    act: "test_again",
    example: {
      status: 403,
      body: {
        error: {
          code: 403,
          message:
            "Generative Language API has not been used in project 1 before or it is disabled.",
          status: "PERMISSION_DENIED",
        },
      },
    },
  },
  {
    rule: "provider_account_disabled",
    culprit: "provider",
    match: {
      in: "provider",
      text: /(?:organi[sz]ation|account|team|workspace|project|user)\b[^.]{0,40}\b(?:has been|have been|is|was) (?:currently )?(?:disabled|deactivated|suspended|banned|terminated|archived|blocked|restricted)|account_(?:deactivated|suspended)|organization_(?:restricted|disabled)|consumer_suspended/i,
    },
    short: "Account disabled",
    title: "{provider} has disabled or restricted this account.",
    meaning: "The key is known, but its account may not send requests: {message}",
    action: "Contact the support of {provider}, or use a key of another account.",
    act: "check_key",
    example: {
      status: 400,
      body: {
        type: "error",
        error: { type: "invalid_request_error", message: "This organization has been disabled." },
      },
    },
  },
  {
    rule: "provider_unverified",
    culprit: "provider",
    match: {
      in: "provider",
      text: /organi[sz]ation must be verified|verify organi[sz]ation|identity verification/i,
    },
    short: "Organization not verified",
    title: "{provider} requires a verified organization for the model “{model}”.",
    meaning: "Other models work without it: {message}",
    action: "Verify the organization in your account at {provider}, or choose another model.",
    act: "choose_model",
    example: {
      status: 403,
      body: {
        error: {
          message: "Your organization must be verified to use the model `m`.",
          type: "invalid_request_error",
          code: "model_not_found",
        },
      },
    },
  },
  {
    rule: "provider_terms",
    culprit: "provider",
    match: {
      in: "provider",
      text: /terms_required|terms (?:of (?:use|service) )?(?:acceptance|must be accepted)|accept the (?:terms|license)|gated (?:repo|model)/i,
    },
    short: "Terms not accepted",
    title: "{provider} requires you to accept the terms of the model “{model}”.",
    meaning: "The key works, but this model has terms of its own: {message}",
    action: "Accept the terms in your account at {provider}, or choose another model.",
    act: "choose_model",
    example: {
      status: 400,
      body: {
        error: {
          message: "The model requires terms acceptance by the org admin.",
          code: "model_terms_required",
        },
      },
    },
  },
  {
    rule: "provider_privacy",
    culprit: "provider",
    match: {
      in: "provider",
      text: /(?:data|privacy) policy|guardrail restrictions and data policy/i,
    },
    short: "Privacy settings",
    title: "The privacy settings of the account at {provider} exclude the model “{model}”.",
    meaning: "No server for this model matches them: {message}",
    action: "Change the privacy settings at {provider}, or choose another model.",
    act: "choose_model",
    example: {
      status: 404,
      body: { error: { message: "No endpoints found matching your data policy.", code: 404 } },
    },
  },
  {
    rule: "provider_tier",
    culprit: "provider",
    match: {
      in: "provider",
      text: /not (?:available|supported|included|enabled|allowed)[^.]{0,40}\b(?:your|this|free|current)[^.]{0,20}\b(?:plan|tier|subscription)|upgrade (?:your|to a)[^.]{0,30}\b(?:plan|tier|account|subscription)|requires? (?:a |an )?[^.]{0,20}\b(?:subscription|plan|tier)\b/i,
    },
    short: "Higher plan required",
    title: "The plan of the account at {provider} does not include this request.",
    meaning: "The key works, but its plan or usage tier is too low: {message}",
    action: "Upgrade the plan at {provider}, or choose another model.",
    act: "choose_model",
    example: {
      status: 403,
      body: { error: { message: "This model is not available on your current plan.", code: 403 } },
    },
  },
  {
    rule: "provider_region",
    culprit: "provider",
    match: {
      in: "provider",
      text: /location is not supported|unsupported_country|country, region,? or territory|not (?:available|supported|accessible)[^.]{0,20}in your (?:region|country|location)|region[^.]{0,20}not supported/i,
    },
    short: "Region not supported",
    title: "{provider} does not accept requests from this region.",
    meaning: "Through a gateway, the region is that of Cloudflare's server: {message}",
    action: "Test without the gateway to compare.",
    act: "test_direct",
    example: {
      status: 403,
      body: {
        error: {
          message: "Country, region, or territory not supported",
          type: "request_forbidden",
          code: "unsupported_country_region_territory",
        },
      },
    },
  },
];
