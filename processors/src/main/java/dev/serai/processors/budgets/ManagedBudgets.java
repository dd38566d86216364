package dev.serai.processors.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.management.PathId;
import dev.serai.processors.routing.ModelResolver;
import java.util.Optional;

/**
 * The stored budgets, as far as a caller may manage them. A caller that may not read everything
 * manages those that count calls of its own tenant only; those of the settings are read-only.
 * Thread-safe.
 */
final class ManagedBudgets {
  private static final String PATH = "/v1/budgets/";

  private final BudgetBook book;
  private final BudgetStore store;
  private final ModelResolver models;

  /**
   * @param book the budgets that are in force
   * @param models knows the models that calls may fall back to
   */
  ManagedBudgets(BudgetBook book, BudgetStore store, ModelResolver models) {
    this.book = book;
    this.store = store;
    this.models = models;
  }

  /** The ID in the path of a request. */
  static String id(InboundRequest request) {
    return PathId.after(PATH, request);
  }

  static boolean manages(Caller caller, Budget budget) {
    return caller.may(Permission.ADMIN_READ)
        || budget.onlyTenant().equals(Optional.of(caller.tenant()));
  }

  /**
   * Refuses a budget that is not stored or that the caller does not manage.
   *
   * @throws CallerProblem 404 or 409
   */
  void requireManaged(Caller caller, String id) {
    Optional<Budget> stored = store.find(id);
    Budget budget = stored.or(() -> book.budgets().find(id)).orElseThrow(ManagedBudgets::unknown);
    if (!manages(caller, budget)) {
      throw unknown();
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

  /**
   * Refuses an ID that a new budget cannot have.
   *
   * @throws CallerProblem 400 or 409
   */
  void requireFreeId(String id) {
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

  /**
   * Refuses a budget that leads calls to a model that the caller may not call itself.
   *
   * @throws dev.serai.core.problem.PermissionProblem 403
   */
  static void requireCallable(Caller caller, Budget budget) {
    budget
        .fallbackModel()
        .ifPresent(model -> KeyRights.requireCallable(caller, "fallback_model", model));
  }

  /**
   * Refuses a budget whose fallback model cannot be called.
   *
   * @throws CallerProblem 400
   */
  void requireModel(Budget budget) {
    try {
      budget.fallbackModel().ifPresent(model -> models.resolve(model, AllowList.ALL));
    } catch (GatewayProblem e) {
      throw CallerProblem.invalid("fallback_model", "The fallback model: " + e.getMessage());
    }
  }

  static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "budget_not_found",
        "There is no budget with that ID. GET /v1/budgets lists them.",
        Optional.of("id"));
  }
}
