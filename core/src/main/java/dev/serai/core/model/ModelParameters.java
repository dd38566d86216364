package dev.serai.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Parameters of a provider's model for the chat requests that are sent to it. Those that are {@link
 * #forces forced} replace what a request sets, the others are for requests that do not set them.
 * Immutable.
 *
 * @param sampling the parameters that an alias can have too
 * @param effort how much the model reasons, in the words of OpenAI's API: "low", "high"
 * @param body further members of the request's body, as JSON by name; an object is merged into the
 *     one that the request has
 * @param forced the names of the parameters and members that replace those of a request
 */
public record ModelParameters(
    DefaultParameters sampling,
    Optional<String> effort,
    Map<String, String> body,
    Set<String> forced) {
  public static final String TEMPERATURE = "temperature";
  public static final String TOP_P = "top_p";
  public static final String MAX_TOKENS = "max_tokens";
  public static final String SEED = "seed";
  public static final String EFFORT = "reasoning_effort";

  /** None is set. */
  public static final ModelParameters NONE =
      new ModelParameters(DefaultParameters.NONE, Optional.empty(), Map.of(), Set.of());

  public ModelParameters {
    body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    forced = Set.copyOf(forced);
  }

  /** Whether the parameter or member of that name replaces that of a request. */
  public boolean forces(String name) {
    return forced.contains(name);
  }

  /**
   * The most tokens that a response may have.
   *
   * @param asked as the request says
   */
  public OptionalLong outputLimit(OptionalLong asked) {
    boolean own = sampling.maxTokens().isPresent() && (asked.isEmpty() || forces(MAX_TOKENS));
    return own ? OptionalLong.of(sampling.maxTokens().get()) : asked;
  }

  /**
   * The same for a request that does not limit its response: a dialect may have written a limit
   * that the provider requires, which is replaced.
   */
  public ModelParameters forUnlimited() {
    if (sampling.maxTokens().isEmpty() || forces(MAX_TOKENS)) {
      return this;
    }
    Set<String> more = new LinkedHashSet<>(forced);
    more.add(MAX_TOKENS);
    return new ModelParameters(sampling, effort, body, more);
  }
}
