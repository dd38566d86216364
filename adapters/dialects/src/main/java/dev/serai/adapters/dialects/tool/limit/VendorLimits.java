package dev.serai.adapters.dialects.tool.limit;

import java.util.Optional;

/**
 * The limits of a vendor that a request of another dialect may exceed. Immutable.
 *
 * @param dialect whose limits they are: a request of the same dialect is not changed
 * @param toolNames the names of functions
 * @param callIds the ids of tool calls
 * @param user the name of the end user
 * @param maxStops the largest number of stop sequences
 * @param minTokens the smallest limit of output tokens
 * @param customTools whether it has tools that take plain text
 * @param propertyKeys the keys of the outermost properties of a tool's parameters
 */
public record VendorLimits(
    String dialect,
    TextLimit toolNames,
    TextLimit callIds,
    TextLimit user,
    int maxStops,
    int minTokens,
    boolean customTools,
    Optional<TextLimit> propertyKeys) {
  /** The limits of a vendor that knows functions only. */
  public VendorLimits(
      String dialect,
      TextLimit toolNames,
      TextLimit callIds,
      TextLimit user,
      int maxStops,
      int minTokens) {
    this(dialect, toolNames, callIds, user, maxStops, minTokens, false, Optional.empty());
  }

  /** The same with other ids of tool calls. */
  public VendorLimits withCallIds(TextLimit other) {
    return new VendorLimits(
        dialect, toolNames, other, user, maxStops, minTokens, customTools, propertyKeys);
  }

  /** The same for a model that may take tools with plain text as input. */
  public VendorLimits withCustomTools(boolean taken) {
    return taken == customTools
        ? this
        : new VendorLimits(
            dialect, toolNames, callIds, user, maxStops, minTokens, taken, propertyKeys);
  }

  /** The same with keys of properties. */
  public VendorLimits withPropertyKeys(TextLimit keys) {
    return new VendorLimits(
        dialect, toolNames, callIds, user, maxStops, minTokens, customTools, Optional.of(keys));
  }
}
