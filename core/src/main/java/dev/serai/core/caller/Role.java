package dev.serai.core.caller;

import static dev.serai.core.caller.Permission.API_DOCS;
import static dev.serai.core.caller.Permission.API_MODELS;
import static dev.serai.core.caller.Permission.CHAT_ADVANCED;
import static dev.serai.core.caller.Permission.CHAT_BASIC;
import static dev.serai.core.caller.Permission.CHAT_FILE_UPLOAD;
import static dev.serai.core.caller.Permission.HEALTH_READ;
import static dev.serai.core.caller.Permission.METRICS_READ;
import static dev.serai.core.caller.Permission.PROMPTS_READ;
import static dev.serai.core.caller.Permission.USAGE_READ;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A named set of permissions. The page docs/identity.md has the built-in ones as a table.
 * Immutable.
 *
 * @param name as settings, keys and tokens have it, in lower case
 * @param permissions what it allows
 * @param source where it is defined
 */
public record Role(String name, Set<Permission> permissions, Source source) {
  /** Everything. */
  public static final Role ADMIN = builtIn("admin", _ -> true);

  /** Calls of every kind, and reading what concerns them. */
  public static final Role DEVELOPER =
      builtIn(
          "developer",
          among(
              CHAT_BASIC,
              CHAT_ADVANCED,
              CHAT_FILE_UPLOAD,
              API_MODELS,
              API_DOCS,
              HEALTH_READ,
              METRICS_READ,
              USAGE_READ,
              PROMPTS_READ));

  /** Chat with files. */
  public static final Role USER =
      builtIn("user", among(CHAT_BASIC, CHAT_FILE_UPLOAD, API_MODELS, API_DOCS, USAGE_READ));

  /** Reading, without calls of models. */
  public static final Role READONLY =
      builtIn("readonly", among(API_MODELS, API_DOCS, HEALTH_READ, METRICS_READ, USAGE_READ));

  /** Management without calls of models: {@code ROUTER_ADMIN_KEYS}. */
  public static final Role MANAGER =
      builtIn("manager", permission -> permission.kind() != Permission.Kind.CALL);

  /** Reading what managers see: {@code ROUTER_ADMIN_KEYS} with {@code :read}. */
  public static final Role AUDITOR =
      builtIn("auditor", permission -> permission.kind() == Permission.Kind.READ);

  /** The roles that every gateway has. */
  public static final List<Role> BUILT_IN =
      List.of(ADMIN, DEVELOPER, USER, READONLY, MANAGER, AUDITOR);

  /** What a name is, for messages. */
  public static final String NAME_RULE =
      "must be 1 to 64 lower-case letters, digits and the characters . _ -, and begin with a letter"
          + " or a digit";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** Where a role is defined. */
  public enum Source {
    /** In every gateway. */
    BUILT_IN,
    /** In the settings. */
    SETTINGS,
    /** In the database. */
    STORED,
    /** Nowhere any more, though something names it; it allows nothing. */
    UNKNOWN
  }

  public Role {
    permissions = setOf(permissions);
  }

  /** A role without a definition. */
  public static Role unknown(String name) {
    return new Role(name, Set.of(), Source.UNKNOWN);
  }

  /** Whether a role may have that name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static Role builtIn(String name, Predicate<Permission> included) {
    EnumSet<Permission> mine = EnumSet.allOf(Permission.class);
    mine.removeIf(included.negate());
    return new Role(name, mine, Source.BUILT_IN);
  }

  private static Predicate<Permission> among(Permission... listed) {
    return List.of(listed)::contains;
  }

  /** A look-up in it is the test of a bit. */
  private static Set<Permission> setOf(Collection<Permission> permissions) {
    EnumSet<Permission> own = EnumSet.noneOf(Permission.class);
    own.addAll(permissions);
    return Collections.unmodifiableSet(own);
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
