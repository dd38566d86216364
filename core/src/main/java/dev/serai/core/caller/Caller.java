package dev.serai.core.caller;

import dev.serai.core.request.CallLabels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Who makes a call, and what the call says about itself. Immutable.
 *
 * @param identity who makes it and who pays for it
 * @param session the conversation; empty if there is none
 * @param taskType the kind of work, in the caller's words; empty if not given
 * @param tags that the call names, in addition to those of the identity
 */
public record Caller(Identity identity, String session, String taskType, Set<String> tags) {
  /** A caller without an identity: the tenant {@code public}, without permissions. */
  public static final Caller ANONYMOUS = new Caller("public", "", "", "");

  public Caller {
    tags = Set.copyOf(tags);
  }

  /**
   * A caller as the ledger records it.
   *
   * @param tenant who pays
   * @param key the name of the API key, never the key itself; empty without one
   */
  public Caller(String tenant, String key, String session, String taskType) {
    this(Identity.recorded(tenant, "", "", key), session, taskType, Set.of());
  }

  /** A caller whose call has no labels. */
  public static Caller of(Identity identity) {
    return new Caller(identity, "", "", Set.of());
  }

  /** The same caller, whose call says this about itself. */
  public Caller labelled(CallLabels labels) {
    return labels.equals(CallLabels.NONE)
        ? this
        : new Caller(identity, labels.session(), labels.taskType(), labels.tags());
  }

  /** Who pays. */
  public String tenant() {
    return identity.tenant();
  }

  /** The name of the API key, never the key itself; empty without one. */
  public String key() {
    return identity.key();
  }

  /** The team within the tenant; empty if there is none. */
  public String team() {
    return identity.team();
  }

  /** The person or program; empty if it is not known. */
  public String user() {
    return identity.user();
  }

  /** The tags of the identity and of the call, sorted. */
  public List<String> allTags() {
    if (tags.isEmpty() && identity.tags().isEmpty()) {
      return List.of();
    }
    List<String> all = new ArrayList<>(identity.tags().size() + tags.size());
    all.addAll(identity.tags());
    for (String tag : tags) {
      if (!identity.tags().contains(tag)) {
        all.add(tag);
      }
    }
    Collections.sort(all);
    return Collections.unmodifiableList(all);
  }

  /** Whether the caller has a permission. */
  public boolean may(Permission permission) {
    return identity.may(permission);
  }
}
