package dev.serai.core.keys;

import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * An API key that is stored, without the key itself. Its times have whole milliseconds. Immutable.
 *
 * @param id names it for its whole life, also after a rotation
 * @param label the first characters of the key, which show which one it is
 * @param role what it may do
 * @param identity whose it is; its permissions are those of the role
 * @param disabled whether it is refused
 * @param created when it was created
 * @param updated when it was last changed
 * @param expires from when on it is refused; empty if it does not expire
 */
public record ApiKey(
    String id,
    String label,
    Role role,
    Identity identity,
    boolean disabled,
    Instant created,
    Instant updated,
    Optional<Instant> expires) {
  public ApiKey {
    created = created.truncatedTo(ChronoUnit.MILLIS);
    updated = updated.truncatedTo(ChronoUnit.MILLIS);
    expires = expires.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
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
