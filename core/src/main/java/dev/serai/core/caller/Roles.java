package dev.serai.core.caller;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roles that a gateway knows, by name. Immutable.
 *
 * @param byName in the order in which they are listed
 */
public record Roles(Map<String, Role> byName) {
  /** The built-in ones only. */
  public static final Roles BUILT_IN = new Roles(Map.of()).with(Role.BUILT_IN);

  public Roles {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** These and others. One whose name is taken is left out. */
  public Roles with(Collection<Role> others) {
    Map<String, Role> all = new LinkedHashMap<>(byName);
    others.forEach(role -> all.putIfAbsent(role.name(), role));
    return new Roles(all);
  }

  public Optional<Role> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The role of that name; one that allows nothing if there is none. */
  public Role get(String name) {
    return find(name).orElseGet(() -> Role.unknown(name));
  }

  /** All, the built-in ones first. */
  public List<Role> all() {
    return List.copyOf(byName.values());
  }
}
