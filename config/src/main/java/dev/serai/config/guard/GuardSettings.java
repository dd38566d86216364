package dev.serai.config.guard;

import dev.serai.config.annotation.Required;
import dev.serai.config.read.ListFaults;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.TextPatterns;
import dev.serai.core.time.DurationFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A guard: it checks the texts of chat requests and responses. Changes apply while Serai runs.
 *
 * @param kind injection: it searches for prompt injection; content: it searches for patterns;
 *     json_schema: it checks that responses are JSON of a shape; route: it asks a route
 * @param on which texts it checks: input, those of the request; output, those of the response
 * @param action block: what it objects to is refused; report: that is counted and logged only
 * @param onFailure what is done with what it cannot check. Closed: it is refused; open: it passes
 * @param tenants the tenants whose calls it checks; if left out, all
 * @param patterns what a guard of the kind content searches for, without regard to case: phrases,
 *     and regular expressions between slashes
 * @param schema the JSON Schema of a guard of the kind json_schema, as JSON
 * @param schemaFile a file with that schema, instead of schema
 * @param tool whose arguments a guard of the kind json_schema checks; if left out, it checks the
 *     text of the response
 * @param route the route that a guard of the kind route asks: its name after direct:
 * @param timeout how long that route may take
 */
public record GuardSettings(
    @Required GuardKind kind,
    @Required List<GuardDirection> on,
    GuardAction action,
    GuardFailure onFailure,
    List<String> tenants,
    List<String> patterns,
    Optional<String> schema,
    Optional<Path> schemaFile,
    Optional<String> tool,
    Optional<String> route,
    Duration timeout) {
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

  /**
   * @throws IllegalArgumentException if members do not fit the kind, or a pattern cannot be used
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
    boolean shaped = kind == GuardKind.JSON_SCHEMA;
    requireFor(shaped, "schema", schema.isPresent() || schemaFile.isPresent());
    requireOnlyFor(shaped, "schemaFile", schemaFile.isPresent());
    requireOnlyFor(shaped, "tool", tool.isPresent());
    requireFor(kind == GuardKind.ROUTE, "route", route.isPresent());
    if (schema.isPresent() && schemaFile.isPresent()) {
      throw new IllegalArgumentException("schemaFile must be left out if schema is set");
    }
    if (shaped && on.contains(GuardDirection.INPUT)) {
      throw new IllegalArgumentException("on must be output only if the kind is json_schema");
    }
    new DurationFaults().within("timeout", timeout, Duration.ofMillis(1), MAX_TIMEOUT).throwIfAny();
  }

  private static void requireFor(boolean kind, String member, boolean given) {
    if (kind && !given) {
      throw new IllegalArgumentException(member + " must be set for this kind of guard");
    }
    requireOnlyFor(kind, member, given);
  }

  private static void requireOnlyFor(boolean kind, String member, boolean given) {
    if (given && !kind) {
      throw new IllegalArgumentException(member + " must be left out for this kind of guard");
    }
  }

  /** Without a kind and texts to check, which must be set. */
  public static GuardSettings defaults() {
    return new GuardSettings(
        GuardKind.INJECTION,
        List.of(GuardDirection.INPUT),
        GuardAction.BLOCK,
        GuardFailure.CLOSED,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(5));
  }

  /**
   * The JSON Schema; empty without one.
   *
   * @param home the folder that relative paths start from
   * @throws IOException if its file cannot be read
   */
  public Optional<String> schemaText(Path home) throws IOException {
    return schemaFile.isPresent()
        ? Optional.of(Files.readString(home.resolve(schemaFile.get())))
        : schema;
  }

  /** The guard of that name. A schema or a route is added by the gateway. */
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
      case JSON_SCHEMA, ROUTE -> TextPatterns.NONE;
    };
  }
}
