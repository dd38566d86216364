package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetWindow;
import dev.serai.core.hash.Sha256;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.usage.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A message about an account for a webhook. Every gateway computes the same ID for the same
 * threshold in the same window. Pure.
 *
 * @param receiver the name of the receiver
 * @param percent of the limit that is reached; {@link #REFUSAL} if a call was refused
 * @param spent in nano US dollars (1e-9 USD)
 * @param atMillis since 1970, UTC
 */
record AlertMessage(
    String receiver, Budget budget, BudgetAccount account, int percent, long spent, long atMillis) {
  /** In the place of a percent: a call was refused because too little is left. */
  static final int REFUSAL = 0;

  String id() {
    BudgetWindow window = account.window();
    String key =
        String.join(
            "\0",
            receiver,
            budget.id(),
            account.tenant(),
            account.value(),
            Long.toString(window.fromMillis()),
            Long.toString(window.untilMillis()),
            Integer.toString(percent));
    return "msg_" + HexFormat.of().formatHex(Sha256.of(key), 0, 16);
  }

  /** The JSON that is sent. */
  String body() {
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("type", percent == REFUSAL ? "budget.call_refused" : "budget.threshold_reached")
            .member("timestamp", Instant.ofEpochMilli(atMillis))
            .name("data")
            .beginObject();
    subject(json);
    amounts(json);
    return new String(json.endObject().endObject().bytes(), StandardCharsets.UTF_8);
  }

  private void subject(JsonWriter json) {
    json.member("budget", budget.id()).member("scope", budget.scope().label());
    Optional.of(account.tenant())
        .filter(tenant -> !tenant.isEmpty())
        .or(budget::tenant)
        .ifPresent(tenant -> json.member("tenant", tenant));
    json.member("value", account.value()).member("period", budget.period().label());
    account.window().write(json, budget.zone());
  }

  private void amounts(JsonWriter json) {
    json.member("limit", Money.usd(budget.limitNanoUsd())).member("spent", Money.usd(spent));
    if (percent != REFUSAL) {
      json.member("percent", percent);
    }
    json.member("hard", budget.hard());
  }
}
