package dev.serai.processors.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.stored.BudgetRequest;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Creates, changes and deletes stored budgets. A caller that may not read everything manages those
 * that count calls of its own tenant only; those of the settings are read-only. Thread-safe.
 */
public final class ServeBudgets extends OffLoop {
  private static final Set<String> CHANGEABLE =
      Set.of("limit", "period", "time_zone", "allow_unpriced", "fallback_model", "hard");
  private static final Set<String> MEMBERS =
      Set.of(
          "id",
          "scope",
          "value",
          "tenant",
          "limit",
          "period",
          "time_zone",
          "allow_unpriced",
          "fallback_model",
          "hard");

  private final BudgetBook book;
  private final BudgetStore store;
  private final BudgetRequest.Reader reader;
  private final ModelResolver models;

  /**
   * What the step works with.
   *
   * @param book the budgets that are in force
   * @param models knows the models that calls may fall back to
   */
  public record Parts(
      BudgetBook book, BudgetStore store, BudgetRequest.Reader reader, ModelResolver models) {}

  public ServeBudgets(Parts parts, EventLoops loops) {
    super(loops);
    this.book = parts.book();
    this.store = parts.store();
    this.reader = parts.reader();
    this.models = parts.models();
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    Caller caller = Calls.caller(exchange);
    byte[] reply =
        switch (request.method()) {
          case "POST" -> BudgetJson.stored(created(caller, request.body()));
          case "PATCH" ->
              BudgetJson.stored(changed(caller, ShowBudget.id(request), request.body()));
          default -> deleted(caller, ShowBudget.id(request));
        };
    exchange.getMessage().setBody(JsonReply.uncached(reply));
  }

  private Budget created(Caller caller, byte[] body) {
    Budget budget = reader.read(body, MEMBERS).create(caller.tenant());
    if (!manages(caller, budget)) {
      throw new PermissionProblem(
          "permission_denied",
          "The API key may manage budgets of the tenant '" + caller.tenant() + "' only.",
          Optional.of("tenant"));
    }
    requireModel(budget);
    requireFreeId(budget.id());
    return store.create(budget);
  }

  private void requireFreeId(String id) {
    if (id.startsWith("key_")) {
      throw CallerProblem.invalid("id", "The ID of a budget must not begin with 'key_'.");
    }
    if (book.budgets().configured().stream().anyMatch(known -> known.id().equals(id))) {
      throw new CallerProblem(
          409,
          "budget_exists",
          "The settings have a budget with the ID '" + id + "'. Choose another one.",
          Optional.of("id"));
    }
  }

  private Budget changed(Caller caller, String id, byte[] body) {
    BudgetRequest request = reader.read(body, CHANGEABLE);
    requireManaged(caller, id);
    return store.change(id, budget -> changed(budget, request)).orElseThrow(ShowBudget::unknown);
  }

  private Budget changed(Budget budget, BudgetRequest request) {
    Budget changed = request.change(budget);
    if (request.fallback().isPresent()) {
      requireModel(changed);
    }
    return changed;
  }

  private byte[] deleted(Caller caller, String id) {
    requireManaged(caller, id);
    if (!store.delete(id)) {
      throw ShowBudget.unknown();
    }
    return new JsonWriter()
        .beginObject()
        .member("id", id)
        .member("deleted", true)
        .endObject()
        .bytes();
  }

  private void requireManaged(Caller caller, String id) {
    Optional<Budget> stored = store.find(id);
    Budget budget = stored.or(() -> book.budgets().find(id)).orElseThrow(ShowBudget::unknown);
    if (!manages(caller, budget)) {
      throw ShowBudget.unknown();
    }
    if (stored.isEmpty()) {
      throw new CallerProblem(
          409,
          "budget_read_only",
          budget.id().startsWith("key_")
              ? "This is the limit of an API key. Change it with PATCH /v1/keys/" + id + "."
              : "The budget '" + id + "' is in the settings. Change it there.",
          Optional.of("id"));
    }
  }

  private static boolean manages(Caller caller, Budget budget) {
    return caller.may(Permission.ADMIN_READ)
        || budget.onlyTenant().equals(Optional.of(caller.tenant()));
  }

  private void requireModel(Budget budget) {
    try {
      budget.fallbackModel().ifPresent(model -> models.resolve(model, AllowList.ALL));
    } catch (GatewayProblem e) {
      throw CallerProblem.invalid("fallback_model", "The fallback model: " + e.getMessage());
    }
  }
}
