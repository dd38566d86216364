package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.budget.stored.BudgetRequest;
import dev.serai.core.budget.stored.BudgetRequest.Fallback;
import dev.serai.core.problem.CallerProblem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the JSON of requests about budgets; refuses members that it does not know. Pure. */
final class JsonBudgetRequests implements BudgetRequest.Reader {
  private static final Predicate<String> TEXT = Pattern.compile("[!-~]{1,256}").asMatchPredicate();
  private static final String RULE = "must be 1 to 256 visible ASCII characters";
  private static final Map<String, BudgetPeriod> PERIODS = new LinkedHashMap<>();

  static {
    for (BudgetPeriod period : BudgetPeriod.values()) {
      PERIODS.put(period.label(), period);
    }
  }

  @Override
  public BudgetRequest read(byte[] json, Set<String> known) {
    RequestObject request = RequestObject.read(json, known);
    return new BudgetRequest(
        request.name("id"),
        request.member("scope").map(JsonBudgetRequests::scope),
        request.member("value").map(value -> text(value, "value")),
        request.name("tenant"),
        request.member("period").map(value -> RequestObject.period(value, "period", PERIODS)),
        request.zone("time_zone"),
        limit(request.member("limit")),
        request.flag("allow_unpriced"),
        request.given("fallback_model").map(JsonBudgetRequests::fallback),
        request.flag("hard"));
  }

  private static OptionalLong limit(Optional<JsonNode> limit) {
    return limit.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(RequestObject.nanoUsd(limit.get(), "limit"));
  }

  private static String text(JsonNode value, String member) {
    return RequestObject.text(value, member, TEXT, RULE);
  }

  private static Fallback fallback(JsonNode value) {
    return new Fallback(
        value.isNull() ? Optional.empty() : Optional.of(text(value, "fallback_model")));
  }

  private static BudgetScope scope(JsonNode value) {
    return Arrays.stream(BudgetScope.values())
        .filter(scope -> scope.label().equals(value.textValue()))
        .findFirst()
        .orElseThrow(
            () ->
                CallerProblem.invalid(
                    "scope",
                    "'scope' must be one of "
                        + String.join(
                            ", ",
                            Arrays.stream(BudgetScope.values()).map(BudgetScope::label).toList())
                        + "."));
  }
}
