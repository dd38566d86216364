package dev.serai.adapters.dialects.schema;

import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;

/** What the parts of one fitting share: the profile, the loss so far, the bounds. */
final class FittingState {
  /** Bounds the size of the result: a few references could make millions of schemas. */
  private static final int MAX_SCHEMAS = 4096;

  /** Twice as many levels of JSON are within the bound of requests. */
  private static final int MAX_DEPTH = 28;

  private final SchemaProfile profile;
  private Loss loss = Loss.NONE;
  private int schemas;
  private int depth;

  FittingState(SchemaProfile profile) {
    this.profile = profile;
  }

  SchemaProfile profile() {
    return profile;
  }

  boolean has(Rule rule) {
    return profile.has(rule);
  }

  Loss loss() {
    return loss;
  }

  void lose(Loss more) {
    if (more.compareTo(loss) > 0) {
      loss = more;
    }
  }

  /** Enters a schema; false if a bound is reached. */
  boolean enter() {
    depth++;
    boolean inBounds = ++schemas <= MAX_SCHEMAS && depth <= MAX_DEPTH;
    if (!inBounds) {
      lose(Loss.SHAPE);
    }
    return inBounds;
  }

  void leave() {
    depth--;
  }
}
