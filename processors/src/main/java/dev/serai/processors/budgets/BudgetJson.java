package dev.serai.processors.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetSet;
import dev.serai.core.budget.BudgetState;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.usage.Money;
import java.util.List;

/** Writes budgets as JSON. Amounts are US dollars. Pure. */
final class BudgetJson {
  private BudgetJson() {}

  /**
   * Writes the members of a budget into an object that has begun.
   *
   * @param known those of the settings are distinguished
   */
  static JsonWriter write(JsonWriter json, Budget budget, BudgetSet known) {
    return write(json, budget).member("source", source(budget, known));
  }

  private static String source(Budget budget, BudgetSet known) {
    if (known.configured().contains(budget)) {
      return "settings";
    }
    return known.listed().contains(budget) ? "stored" : "key";
  }

  /** A budget as it is stored now. */
  static byte[] stored(Budget budget) {
    return write(new JsonWriter().beginObject(), budget)
        .member("source", "stored")
        .endObject()
        .bytes();
  }

  private static JsonWriter write(JsonWriter json, Budget budget) {
    json.member("id", budget.id()).member("scope", budget.scope().label());
    budget.value().ifPresent(value -> json.member("value", value));
    budget.tenant().ifPresent(tenant -> json.member("tenant", tenant));
    json.member("period", budget.period().label())
        .member("time_zone", budget.zone().getId())
        .member("limit", Money.usd(budget.limitNanoUsd()))
        .member("hard", budget.hard())
        .member("allow_unpriced", budget.allowsUnpriced());
    budget.fallbackModel().ifPresent(model -> json.member("fallback_model", model));
    return json;
  }

  /** Writes the states of accounts, as a member of a budget. */
  static void accounts(JsonWriter json, Budget budget, List<BudgetState> states) {
    json.name("accounts").beginArray();
    states.forEach(state -> write(json, budget, state));
    json.endArray();
  }

  private static void write(JsonWriter json, Budget budget, BudgetState state) {
    BudgetAccount account = state.account();
    json.beginObject();
    if (!account.tenant().isEmpty()) {
      json.member("tenant", account.tenant());
    }
    json.member("value", account.value())
        .member("spent", Money.usd(state.spentNanoUsd()))
        .member("held", Money.usd(state.heldNanoUsd()))
        .member("remaining", Money.usd(state.remaining(budget.limitNanoUsd())));
    account.window().write(json, budget.zone());
    json.endObject();
  }
}
