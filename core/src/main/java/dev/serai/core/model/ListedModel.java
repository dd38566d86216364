package dev.serai.core.model;

/**
 * A model in a list of models.
 *
 * @param name what callers write to ask for it
 * @param owner the provider it is at, or {@link #ALIAS}
 * @param facts of an alias: what all of its targets have in common
 */
public record ListedModel(String name, String owner, ModelFacts facts) {
  /** The owner of an alias. */
  public static final String ALIAS = "serai";

  public boolean isAlias() {
    return owner.equals(ALIAS);
  }
}
