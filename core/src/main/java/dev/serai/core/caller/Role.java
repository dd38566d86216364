package dev.serai.core.caller;

import static dev.serai.core.caller.Permission.API_DOCS;
import static dev.serai.core.caller.Permission.API_MODELS;
import static dev.serai.core.caller.Permission.CHAT_ADVANCED;
import static dev.serai.core.caller.Permission.CHAT_BASIC;
import static dev.serai.core.caller.Permission.CHAT_FILE_UPLOAD;
import static dev.serai.core.caller.Permission.HEALTH_READ;
import static dev.serai.core.caller.Permission.METRICS_READ;
import static dev.serai.core.caller.Permission.USAGE_READ;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/** A named set of permissions. The page docs/identity.md has them as a table. */
public enum Role {
  /** Everything. */
  ADMIN(_ -> true),
  /** Calls of every kind, and reading what concerns them. */
  DEVELOPER(
      among(
          CHAT_BASIC,
          CHAT_ADVANCED,
          CHAT_FILE_UPLOAD,
          API_MODELS,
          API_DOCS,
          HEALTH_READ,
          METRICS_READ,
          USAGE_READ)),
  /** Chat with files. */
  USER(among(CHAT_BASIC, CHAT_FILE_UPLOAD, API_MODELS, API_DOCS, USAGE_READ)),
  /** Reading, without calls of models. */
  READONLY(among(API_MODELS, API_DOCS, HEALTH_READ, METRICS_READ, USAGE_READ)),
  /** Management without calls of models: {@code ROUTER_ADMIN_KEYS}. */
  MANAGER(permission -> permission.kind() != Permission.Kind.CALL),
  /** Reading what managers see: {@code ROUTER_ADMIN_KEYS} with {@code :read}. */
  AUDITOR(permission -> permission.kind() == Permission.Kind.READ);

  private final Set<Permission> permissions;

  Role(Predicate<Permission> included) {
    EnumSet<Permission> mine = EnumSet.allOf(Permission.class);
    mine.removeIf(included.negate());
    permissions = Collections.unmodifiableSet(mine);
  }

  private static Predicate<Permission> among(Permission... listed) {
    return Arrays.asList(listed)::contains;
  }

  public Set<Permission> permissions() {
    return permissions;
  }
}
