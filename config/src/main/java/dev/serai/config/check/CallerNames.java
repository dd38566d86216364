package dev.serai.config.check;

import dev.serai.config.auth.CallerKey;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.read.Names;
import dev.serai.core.caller.Identity;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of the callers that the settings have: tenants, keys, teams, users and tags. Stored
 * keys and the claims of tokens may have others. Immutable once it is built.
 */
final class CallerNames {
  /** What is named. Keys, teams and users are known with and without their tenant. */
  enum Kind {
    TENANT("tenant"),
    KEY("name"),
    TEAM("team"),
    USER("user"),
    TAG("tag");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  static final String MEANT = "; did you mean ";

  private final Map<Kind, Set<String>> known = new EnumMap<>(Kind.class);

  /**
   * @param keys the keys of the settings
   * @param issuers the issuers of tokens, whose names are those of keys
   */
  CallerNames(Collection<CallerKey> keys, List<IssuerSettings> issuers) {
    for (Kind kind : Kind.values()) {
      known.put(kind, new TreeSet<>());
    }
    of(Kind.TENANT).add(Identity.PUBLIC);
    keys.forEach(key -> add(key.identity()));
    for (IssuerSettings issuer : issuers) {
      of(Kind.TENANT).add(issuer.tenant());
      within(Kind.KEY, issuer.tenant(), issuer.name());
    }
  }

  private void add(Identity caller) {
    of(Kind.TENANT).add(caller.tenant());
    of(Kind.TAG).addAll(caller.tags());
    within(Kind.KEY, caller.tenant(), caller.key());
    within(Kind.TEAM, caller.tenant(), caller.team());
    within(Kind.USER, caller.tenant(), caller.user());
  }

  private void within(Kind kind, String tenant, String name) {
    if (!name.isEmpty()) {
      of(kind).add(name);
      of(kind).add(tenant + "/" + name);
    }
  }

  private Set<String> of(Kind kind) {
    return known.getOrDefault(kind, Set.of());
  }

  /** Why no caller of the settings has a name; empty if one has it. */
  Optional<String> fault(Kind kind, String name) {
    if (of(kind).contains(name)) {
      return Optional.empty();
    }
    String meant = meant(kind, name).map(close -> MEANT + close + "?").orElse("");
    return Optional.of(
        "no key or issuer of the settings has the " + kind.label + " " + Names.shown(name) + meant);
  }

  /** A name within a tenant may be meant within another. */
  private Optional<String> meant(Kind kind, String name) {
    boolean within = name.indexOf('/') >= 0;
    List<String> alike = of(kind).stream().filter(n -> n.indexOf('/') >= 0 == within).toList();
    String end = name.substring(Math.max(0, name.indexOf('/')));
    return Names.closestTo(name, alike)
        .or(() -> alike.stream().filter(n -> within && n.endsWith(end)).findFirst());
  }
}
