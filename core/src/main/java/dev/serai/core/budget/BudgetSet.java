package dev.serai.core.budget;

import dev.serai.core.caller.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The budgets that are in force at a time, found by caller: a call is compared with the budgets of
 * everyone and of its tenant only, and with those of its own API key. Immutable.
 */
public final class BudgetSet {
  /** No budget. */
  public static final BudgetSet NONE = new BudgetSet(List.of(), List.of(), List.of());

  private final int configured;
  private final List<Budget> listed;
  private final Map<String, Budget> byId = new LinkedHashMap<>();
  private final List<Budget> ofEveryone = new ArrayList<>();
  private final Map<String, OfTenant> byTenant = new HashMap<>();

  /** The budgets that name a tenant; those of one API key are apart, since they may be many. */
  private record OfTenant(List<Budget> shared, Map<String, List<Budget>> byKey) {
    OfTenant() {
      this(new ArrayList<>(), new HashMap<>());
    }
  }

  /**
   * Of two budgets with the same ID, the first one counts.
   *
   * @param configured the budgets of the settings
   * @param stored those that are managed over HTTP
   * @param ofKeys the limits of API keys, which are shown with their keys
   */
  public BudgetSet(List<Budget> configured, List<Budget> stored, List<Budget> ofKeys) {
    configured.forEach(this::add);
    this.configured = byId.size();
    stored.forEach(this::add);
    this.listed = List.copyOf(byId.values());
    ofKeys.forEach(this::add);
  }

  private void add(Budget budget) {
    if (byId.putIfAbsent(budget.id(), budget) == null) {
      budget
          .onlyTenant()
          .ifPresentOrElse(tenant -> add(budget, tenant), () -> ofEveryone.add(budget));
    }
  }

  private void add(Budget budget, String tenant) {
    OfTenant own = byTenant.computeIfAbsent(tenant, _ -> new OfTenant());
    Optional<String> key = budget.scope() == BudgetScope.KEY ? budget.value() : Optional.empty();
    List<Budget> among =
        key.isEmpty() ? own.shared : own.byKey.computeIfAbsent(key.get(), _ -> new ArrayList<>(1));
    among.add(budget);
  }

  /** Whether there is no budget at all. */
  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** The budgets without the limits of API keys. */
  public List<Budget> listed() {
    return listed;
  }

  /** The budgets of the settings, which are first among those that are listed. */
  public List<Budget> configured() {
    return listed.subList(0, configured);
  }

  /** Every budget. */
  public List<Budget> all() {
    return List.copyOf(byId.values());
  }

  /** The budget of that ID, or the limit of the API key of that ID. */
  public Optional<Budget> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The budgets that may count a caller's calls, in the order in which they are asked. */
  public List<Budget> of(Caller caller) {
    OfTenant own = byTenant.isEmpty() ? null : byTenant.get(caller.tenant());
    if (own == null) {
      return ofEveryone;
    }
    List<Budget> all = new ArrayList<>(ofEveryone);
    all.addAll(own.shared);
    all.addAll(own.byKey.getOrDefault(caller.key(), List.of()));
    return all;
  }
}
