package dev.serai.core.caller;

import dev.serai.core.rate.RateLimits;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who makes a request and what it may do: the same for an API key, a token and a signature.
 * Immutable; it holds no secret.
 *
 * @param tenant who pays
 * @param team the team within the tenant; empty if there is none
 * @param user the person or program; empty if it is not known
 * @param key the name of the API key, never the key itself; empty without one
 * @param permissions what it may do
 * @param models the models that it may call
 * @param tools the tools that it may call
 * @param tags words of the operator, for usage and the log
 * @param limits of the API key, in addition to those of its tenant and others
 * @param keyId names the API key for its whole life, also if it is rotated or gets another name;
 *     empty if nothing but its name does
 */
public record Identity(
    String tenant,
    String team,
    String user,
    String key,
    Set<Permission> permissions,
    AllowList models,
    AllowList tools,
    Set<String> tags,
    RateLimits limits,
    String keyId) {
  /** The tenant of callers that belong to no other. */
  public static final String PUBLIC = "public";

  /**
   * Every caller of a gateway without credentials: the tenant {@code public}, with all permissions.
   */
  public static final Identity ANYONE =
      new Identity(
          PUBLIC,
          "",
          "",
          "",
          EnumSet.allOf(Permission.class),
          AllowList.ALL,
          AllowList.ALL,
          Set.of());

  public Identity {
    EnumSet<Permission> own = EnumSet.noneOf(Permission.class);
    own.addAll(permissions);
    permissions = Collections.unmodifiableSet(own);
    tags = Set.copyOf(tags);
  }

  /** An identity whose key is known by its name. */
  public Identity(
      String tenant,
      String team,
      String user,
      String key,
      Set<Permission> permissions,
      AllowList models,
      AllowList tools,
      Set<String> tags,
      RateLimits limits) {
    this(tenant, team, user, key, permissions, models, tools, tags, limits, "");
  }

  /** An identity without limits of its own. */
  public Identity(
      String tenant,
      String team,
      String user,
      String key,
      Set<Permission> permissions,
      AllowList models,
      AllowList tools,
      Set<String> tags) {
    this(tenant, team, user, key, permissions, models, tools, tags, RateLimits.NONE);
  }

  /** An identity as the ledger records it: it has no permissions. */
  public static Identity recorded(String tenant, String team, String user, String key) {
    return new Identity(tenant, team, user, key, Set.of(), AllowList.ALL, AllowList.ALL, Set.of());
  }

  /** The same identity with no other permissions than these; itself if it has no others. */
  public Identity limitedTo(Set<Permission> most) {
    if (most.containsAll(permissions)) {
      return this;
    }
    EnumSet<Permission> left = EnumSet.noneOf(Permission.class);
    left.addAll(permissions);
    left.retainAll(most);
    return new Identity(tenant, team, user, key, left, models, tools, tags, limits, keyId);
  }

  /** The same identity with exactly these permissions. */
  public Identity allowed(Set<Permission> exactly) {
    return new Identity(tenant, team, user, key, exactly, models, tools, tags, limits, keyId);
  }

  /** The same identity, whose key has an ID. */
  public Identity withKeyId(String id) {
    return new Identity(tenant, team, user, key, permissions, models, tools, tags, limits, id);
  }

  /** Whether it has a permission. */
  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
