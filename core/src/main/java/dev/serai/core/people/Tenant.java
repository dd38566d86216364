package dev.serai.core.people;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A tenant that is stored. Immutable.
 *
 * @param id its name, as API keys and the ledger have it
 * @param description words of the operator
 * @param timeZone for programs that report its usage; budgets have a time zone of their own
 * @param disabled whether its credentials are refused
 * @param created when it was created
 * @param updated when it was last changed
 */
public record Tenant(
    String id,
    String description,
    ZoneId timeZone,
    boolean disabled,
    Instant created,
    Instant updated) {
  /** The time zone of a tenant that names none. */
  public static final ZoneId UTC = ZoneId.of("UTC");
}
