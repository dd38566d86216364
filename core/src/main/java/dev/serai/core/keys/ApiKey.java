package dev.serai.core.keys;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An API key that is stored, without the key itself. Its times have whole milliseconds. Immutable.
 *
 * @param id names it for its whole life, also after a rotation
 * @param label the first characters of the key, which show which one it is
 * @param role what it may do
 * @param identity whose it is, with the ID of the key; its permissions are those of the role
 * @param disabled whether it is refused
 * @param created when it was created
 * @param updated when it was last changed
 * @param expires from when on it is refused; empty if it does not expire
 * @param spending what its calls may cost
 */
public record ApiKey(
    String id,
    String label,
    Role role,
    Identity identity,
    boolean disabled,
    Instant created,
    Instant updated,
    Optional<Instant> expires,
    Spending spending) {
  /**
   * What the calls of a key may cost in a period. Periods begin at midnight UTC.
   *
   * @param nanoUsd in nano US dollars (1e-9 USD); empty if there is no limit
   * @param reset the period after which the limit begins again
   */
  public record Spending(OptionalLong nanoUsd, BudgetPeriod reset) {
    /** No limit. */
    public static final Spending ANY = new Spending(OptionalLong.empty(), BudgetPeriod.TOTAL);

    /** What is left of it when so much is spent; empty if there is no limit. */
    public OptionalLong remaining(Usage usage) {
      return nanoUsd.isEmpty()
          ? nanoUsd
          : OptionalLong.of(Math.max(0, nanoUsd.getAsLong() - usage.of(reset)));
    }
  }

  /**
   * What the calls of a key have cost, in nano US dollars (1e-9 USD): the delivered responses in
   * the ledger, as budgets count them. Days, weeks and months are those of the present, in UTC.
   */
  public record Usage(long total, long daily, long weekly, long monthly) {
    /** The cost in a period. */
    public long of(BudgetPeriod period) {
      return switch (period) {
        case DAY -> daily;
        case WEEK -> weekly;
        case MONTH -> monthly;
        case TOTAL -> total;
      };
    }
  }

  public ApiKey {
    identity = identity.withKeyId(id);
    created = created.truncatedTo(ChronoUnit.MILLIS);
    updated = updated.truncatedTo(ChronoUnit.MILLIS);
    expires = expires.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
  }

  /** A key whose calls may cost any amount. */
  public ApiKey(
      String id,
      String label,
      Role role,
      Identity identity,
      boolean disabled,
      Instant created,
      Instant updated,
      Optional<Instant> expires) {
    this(id, label, role, identity, disabled, created, updated, expires, Spending.ANY);
  }

  /** The key with what its role allows now; itself if that is the same. */
  public ApiKey resolved(Roles roles) {
    Role known = roles.get(role.name());
    return known.equals(role)
        ? this
        : new ApiKey(
            id,
            label,
            known,
            identity.allowed(known.permissions()),
            disabled,
            created,
            updated,
            expires,
            spending);
  }

  /** Its limit as a budget, which has the ID of the key; empty if it has none. */
  public Optional<Budget> budget() {
    if (spending.nanoUsd().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Budget(
            id,
            BudgetScope.KEY,
            Optional.of(name()),
            Optional.of(tenant()),
            spending.reset(),
            ZoneId.of("UTC"),
            spending.nanoUsd().getAsLong(),
            false,
            Optional.empty()));
  }

  /** Its name, which usage and the log show. */
  public String name() {
    return identity.key();
  }

  /** Who pays for its calls. */
  public String tenant() {
    return identity.tenant();
  }
}
