package dev.serai.gateway.wiring;

import dev.serai.core.provider.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys that are replaced as a whole when the settings change. Thread-safe. */
final class ReloadableSecrets implements Secrets {
  private volatile Secrets current;

  ReloadableSecrets(Secrets first) {
    current = first;
  }

  /** Later look-ups use those keys. */
  void replace(Secrets next) {
    current = next;
  }

  @Override
  public Optional<String> find(String name) {
    return current.find(name);
  }

  @Override
  public Optional<String> text(String name) {
    return current.text(name);
  }

  @Override
  public List<String> all(String name) {
    return current.all(name);
  }

  @Override
  public Set<String> names() {
    return current.names();
  }
}
