package dev.serai.core.routing;

import org.jspecify.annotations.Nullable;

/**
 * A model at a provider to which a call may be sent.
 *
 * @param provider the provider's name; its route is {@code direct:adapter-<provider>}
 * @param model the name the provider knows it by
 */
public record Candidate(String provider, String model) {
  /** Far from 31, with which the names of models of several providers would often be equal. */
  private static final int SPREAD = 0x9E3779B1;

  /** Compares the models first: every plan looks up all its candidates, often of one provider. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Candidate one
            && model.equals(one.model)
            && provider.equals(one.provider);
  }

  @Override
  public int hashCode() {
    return SPREAD * provider.hashCode() + model.hashCode();
  }
}
