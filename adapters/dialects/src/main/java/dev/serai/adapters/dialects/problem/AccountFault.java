package dev.serai.adapters.dialects.problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Knows when a provider refuses a call because the gateway's account has no credit, has reached its
 * spending limit or is blocked. Few providers reply 402 then: others reply 400, 403, 412 or 429,
 * and the client could do nothing about it. Their codes count first, then their words. One table
 * for all dialects. Pure.
 */
public final class AccountFault {
  /** Codes, types and reasons of errors in lower case. */
  private static final Set<String> CODES =
      Set.of(
          // OpenAI, 429: platform.openai.com/docs/guides/error-codes
          "insufficient_quota",
          "billing_not_active",
          // OpenAI, 400, images
          "billing_hard_limit_reached",
          "account_deactivated",
          // Anthropic: platform.claude.com/docs/en/api/errors
          "billing_error",
          // Alibaba Cloud Model Studio, 400 and 403: help.aliyun.com/zh/model-studio/error-code
          "arrearage",
          "allocationquota.freetieronly",
          // Groq, 400
          "organization_restricted",
          // Moonshot, 429: platform.moonshot.ai/docs/api/chat, errors
          "exceeded_current_quota_error",
          // Volcengine Ark, 403
          "accountoverdueerror",
          // Google, google.rpc.ErrorInfo: cloud.google.com/service-usage, ErrorReason
          "billing_disabled",
          "consumer_suspended",
          "insufficient_credits",
          "insufficient_balance",
          "payment_required");

  /** Words in lower case, each as a message begins with it, or as it stands in one. */
  private static final List<String> WORDS =
      List.of(
          // Anthropic, 400
          "your credit balance is too low",
          "you have reached your specified api usage limits",
          "you have reached your specified workspace api usage limits",
          "this organization has been disabled",
          // OpenAI, 400 and 429
          "billing hard limit has been reached",
          "your account is not active, please check your billing",
          // Groq, 400
          "organization has been restricted",
          // Alibaba Cloud Model Studio, 400: "Access denied, please make sure your account is ..."
          "access denied, please make sure your account is in good standing",
          // Gemini, 400 and 429
          "please enable billing",
          "gemini api free tier is not available in your country. please enable billing",
          "your prepayment credits are depleted",
          // Vertex AI, 403
          "this api method requires billing to be enabled",
          // xAI, 403 and 429: "Your team ... has either used all available credits or ..."
          "used all available credits or reached its monthly spending limit",
          // Moonshot, 429: "Your account ... is suspended due to insufficient balance, please ..."
          "suspended due to insufficient balance",
          // Z.AI, 429
          "insufficient balance or no resource package",
          // Fireworks, 412: "Account ... is suspended, possibly due to reaching the monthly ..."
          "is suspended, possibly due to reaching the monthly spending limit",
          // SiliconFlow, 403
          "account balance is insufficient",
          // Bedrock, 403: "Model access is denied due to INVALID_PAYMENT_INSTRUMENT: ..."
          "model access is denied due to invalid_payment_instrument",
          "insufficient credits");

  private AccountFault() {}

  /**
   * Whether an error is about the gateway's account.
   *
   * @param code the error's code, type or reason; empty if it has none
   */
  public static boolean is(int status, String code, String message) {
    return CODES.contains(code.toLowerCase(Locale.ROOT)) || Wordings.any(WORDS, status, message);
  }
}
