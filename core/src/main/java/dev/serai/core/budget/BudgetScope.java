package dev.serai.core.budget;

import dev.serai.core.caller.Caller;
import dev.serai.core.usage.UsageRecord;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whose cost a budget counts. */
public enum BudgetScope {
  /** An API key, by its name. */
  KEY,
  USER,
  TEAM,
  TENANT,
  /** A model, by the name that its provider knows it by. */
  MODEL,
  /** A tag of the API key or of the call. */
  TAG,
  /** Every call. */
  ALL;

  /** Its name in settings and replies. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the value is a name within a tenant. */
  public boolean isWithinTenant() {
    return this == KEY || this == USER || this == TEAM;
  }

  /** The values of a call; an empty value stands for none. */
  Collection<String> valuesOf(Caller caller, String model) {
    return switch (this) {
      case KEY -> List.of(caller.key());
      case USER -> List.of(caller.identity().user());
      case TEAM -> List.of(caller.identity().team());
      case TENANT -> List.of(caller.tenant());
      case MODEL -> List.of(model);
      case TAG -> UsageRecord.tags(caller);
      case ALL -> List.of("all");
    };
  }
}
