package dev.serai.gateway.models;

import dev.serai.core.model.ModelCatalogue;

/**
 * A catalogue that is replaced as a whole when the settings change. A call keeps the plan that it
 * has. Thread-safe.
 */
public final class ReloadableCatalogue extends ForwardingCatalogue {
  private volatile ModelCatalogue current;

  public ReloadableCatalogue(ModelCatalogue first) {
    current = first;
  }

  /** Later look-ups use that catalogue. */
  public void replace(ModelCatalogue next) {
    current = next;
  }

  @Override
  protected ModelCatalogue target() {
    return current;
  }
}
