package dev.serai.config.guard;

import dev.serai.config.annotation.Required;
import dev.serai.config.read.ListFaults;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.TextPatterns;
import java.util.List;
import java.util.Set;

/**
 * A guard: it checks the texts of chat requests and responses. Changes apply while Serai runs.
 *
 * @param kind injection: it searches for prompt injection; content: it searches for patterns
 * @param on which texts it checks: input, those of the request; output, those of the response
 * @param action block: what it objects to is refused; report: that is counted and logged only
 * @param onFailure what is done with what it cannot check. Closed: it is refused; open: it passes
 * @param tenants the tenants whose calls it checks; if left out, all
 * @param patterns what a guard of the kind content searches for, without regard to case: phrases,
 *     and regular expressions between slashes
 */
public record GuardSettings(
    @Required GuardKind kind,
    @Required List<GuardDirection> on,
    GuardAction action,
    GuardFailure onFailure,
    List<String> tenants,
    List<String> patterns) {
  /**
   * @throws IllegalArgumentException if the patterns do not fit the kind, or one cannot be used
   */
  public GuardSettings {
    on = List.copyOf(on);
    tenants = List.copyOf(tenants);
    patterns = List.copyOf(patterns);
    if (kind == GuardKind.CONTENT && patterns.isEmpty()) {
      throw new IllegalArgumentException("patterns must be set if the kind is content");
    }
    if (kind != GuardKind.CONTENT && !patterns.isEmpty()) {
      throw new IllegalArgumentException("patterns must be left out unless the kind is content");
    }
    ListFaults.check("patterns", patterns, TextPatterns::fault);
    TextPatterns.of(patterns);
  }

  /** Without a kind and texts to check, which must be set. */
  public static GuardSettings defaults() {
    return new GuardSettings(
        GuardKind.INJECTION,
        List.of(GuardDirection.INPUT),
        GuardAction.BLOCK,
        GuardFailure.CLOSED,
        List.of(),
        List.of());
  }

  /** The guard of that name. */
  public Guard guard(String name) {
    return new Guard(
        name,
        Set.copyOf(on),
        action == GuardAction.BLOCK,
        onFailure == GuardFailure.CLOSED,
        Set.copyOf(tenants),
        searched());
  }

  private TextPatterns searched() {
    return switch (kind) {
      case INJECTION -> TextPatterns.ofInjection();
      case CONTENT -> TextPatterns.of(patterns);
    };
  }
}
