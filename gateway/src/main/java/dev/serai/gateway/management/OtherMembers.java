package dev.serai.gateway.management;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of requests for keys, people and budgets as other gateways name them, foremost
 * LiteLLM, and what they are here. Stateless.
 */
final class OtherMembers {
  private static final List<String> NAME = List.of("name");
  private static final List<String> EXPIRY = List.of("expires_at");
  private static final List<String> RESET = List.of("limit_reset", "period");
  private static final List<String> PER_MINUTE =
      List.of("limits.requests_per_minute", "requests_per_minute");

  private static final List<String> TOKENS =
      List.of("limits.tokens_per_minute", "tokens_per_minute");

  private static final List<String> AT_ONCE =
      List.of("limits.concurrent_requests", "concurrent_requests");

  /** The members here, by the name elsewhere; the first that a request takes is meant. */
  private static final Map<String, List<String>> MEANT =
      Map.ofEntries(
          Map.entry("max_budget", List.of("limit")),
          Map.entry("budget", List.of("limit")),
          Map.entry("budget_limit", List.of("limit")),
          Map.entry("credit_limit", List.of("limit")),
          Map.entry("soft_budget", List.of("hard")),
          Map.entry("budget_duration", RESET),
          Map.entry("reset", RESET),
          Map.entry("reset_duration", RESET),
          Map.entry("budget_id", List.of("id")),
          Map.entry("rpm", PER_MINUTE),
          Map.entry("rpm_limit", PER_MINUTE),
          Map.entry("tpm", TOKENS),
          Map.entry("tpm_limit", TOKENS),
          Map.entry("rate_limits", List.of("limits")),
          Map.entry("max_parallel_requests", AT_ONCE),
          Map.entry("key_alias", NAME),
          Map.entry("key_name", NAME),
          Map.entry("alias", NAME),
          Map.entry("user_alias", NAME),
          Map.entry("user_id", List.of("user", "name")),
          Map.entry("user_email", NAME),
          Map.entry("user_role", List.of("role")),
          Map.entry("permissions", List.of("role")),
          Map.entry("team_id", List.of("team", "teams")),
          Map.entry("team_alias", List.of("team", "id")),
          Map.entry("organization_id", List.of("tenant", "id")),
          Map.entry("duration", EXPIRY),
          Map.entry("expires", EXPIRY),
          Map.entry("expires_in", EXPIRY),
          Map.entry("expiry", EXPIRY),
          Map.entry("metadata", List.of("tags", "description")),
          Map.entry("blocked", List.of("disabled")),
          Map.entry("allowed_models", List.of("models")),
          Map.entry("allowed_tools", List.of("tools")));

  /** The forms of members here that differ elsewhere. */
  private static final Map<String, String> FORMS =
      Map.of(
          "limit", "a number of US dollars",
          "limit_reset", "one of daily, weekly, monthly",
          "expires_at", "a time such as 2027-01-31T12:00:00Z",
          "hard", "false for a budget that refuses no call",
          "role", "the name of a role",
          "tags", "a list of texts");

  private OtherMembers() {}

  /**
   * Says what a member of another gateway is here, as a sentence.
   *
   * @param known the members that the request takes
   * @return empty if it is not one of those, or the request has no such member
   */
  static Optional<String> meant(String name, Set<String> known) {
    return MEANT.getOrDefault(name, List.of()).stream()
        .filter(member -> known.contains(root(member)))
        .findFirst()
        .map(member -> "Here it is '" + member + "'" + form(member) + ".");
  }

  private static String form(String member) {
    String form = FORMS.getOrDefault(member, "");
    return form.isEmpty() ? "" : ", " + form;
  }

  private static String root(String member) {
    int dot = member.indexOf('.');
    return dot < 0 ? member : member.substring(0, dot);
  }
}
