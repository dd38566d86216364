package dev.serai.gateway.keys;

import dev.serai.core.budget.stored.BudgetRequest;
import dev.serai.core.credential.CredentialRequestReader;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.people.PeopleRequestReader;

/** Readers of the JSON that the routes of the admin API take. All are thread-safe. */
public final class AdminRequests {
  private AdminRequests() {}

  /** Reads requests about API keys. */
  public static KeyRequestReader keys() {
    return new JsonKeyRequests();
  }

  /** Reads requests about tenants and users. */
  public static PeopleRequestReader people() {
    return new JsonPeopleRequests();
  }

  /** Reads requests to store keys of providers. */
  public static CredentialRequestReader credentials() {
    return new JsonCredentialRequests();
  }

  /** Reads requests to store budgets. */
  public static BudgetRequest.Reader budgets() {
    return new JsonBudgetRequests();
  }
}
