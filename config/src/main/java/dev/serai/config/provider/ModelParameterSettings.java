package dev.serai.config.provider;

import dev.serai.config.annotation.JsonText;
import dev.serai.config.annotation.Range;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.text.Spelling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parameters for the chat requests that are sent to a model.
 *
 * @param temperature the randomness of sampling
 * @param topP the share of the probability that sampling chooses from
 * @param maxTokens the most tokens of the response
 * @param seed for sampling
 * @param reasoningEffort how much the model reasons
 * @param body further members of the request's body, in the words of the provider's API; an object
 *     is merged into the one of the request
 * @param force the names of those above that replace what a request sets; the others are for
 *     requests that do not set them
 */
public record ModelParameterSettings(
    @Range(min = 0, max = 2) Optional<Double> temperature,
    @Range(min = 0, max = 1) Optional<Double> topP,
    @Range(min = 1, max = 1_000_000_000) Optional<Integer> maxTokens,
    Optional<Integer> seed,
    Optional<Effort> reasoningEffort,
    Map<String, JsonText> body,
    List<String> force) {
  /** How much a model reasons: the levels of OpenAI's API. */
  public enum Effort {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH
  }

  private static final int MAX_MEMBERS = 50;

  private static final String NAME = "[A-Za-z0-9_.-]{1,100}";

  /** What Serai writes itself: the content, and what it reads the response and the price by. */
  private static final Set<String> RESERVED =
      Set.of(
          "model",
          "messages",
          "contents",
          "input",
          "prompt",
          "stream",
          "stream_options",
          "n",
          "service_tier");

  /** Other names of parameters, which limits and budgets would not know. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "temperature", "temperature",
          "top_p", "top_p",
          "seed", "seed",
          "reasoning_effort", "reasoning_effort",
          "max_tokens", "max_tokens",
          "max_completion_tokens", "max_tokens",
          "max_output_tokens", "max_tokens");

  /**
   * @throws IllegalArgumentException if a member of the body is not the operator's to set, or a
   *     forced parameter is not set
   */
  public ModelParameterSettings {
    body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    force = List.copyOf(force);
    body.keySet().forEach(ModelParameterSettings::require);
    if (body.size() > MAX_MEMBERS) {
      throw new IllegalArgumentException("body has more than " + MAX_MEMBERS + " members");
    }
    Set<String> known = new LinkedHashSet<>();
    temperature.ifPresent(_ -> known.add(ModelParameters.TEMPERATURE));
    topP.ifPresent(_ -> known.add(ModelParameters.TOP_P));
    maxTokens.ifPresent(_ -> known.add(ModelParameters.MAX_TOKENS));
    seed.ifPresent(_ -> known.add(ModelParameters.SEED));
    reasoningEffort.ifPresent(_ -> known.add(ModelParameters.EFFORT));
    known.addAll(body.keySet());
    force.forEach(name -> requireSet(name, known));
  }

  private static void require(String name) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "body has a member whose name is not 1 to 100 letters, digits, '_', '.' and '-'");
    }
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException("body must not have " + name + ": Serai sets it itself");
    }
    String parameter = PARAMETERS.get(name);
    if (parameter != null) {
      throw new IllegalArgumentException(
          "body must not have " + name + ": write parameters." + parameter + " instead");
    }
  }

  private static void requireSet(String name, Set<String> known) {
    if (!known.contains(name)) {
      String meant = Spelling.closest(name, known).map(k -> "; did you mean " + k + "?").orElse("");
      throw new IllegalArgumentException(
          "force names "
              + name
              + ", which is not set here"
              + meant
              + (known.isEmpty() ? "" : "; set are " + String.join(", ", known)));
    }
  }

  /** None is set. */
  public static ModelParameterSettings defaults() {
    return new ModelParameterSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of());
  }

  /** The same for requests. */
  public ModelParameters parameters() {
    if (equals(defaults())) {
      return ModelParameters.NONE;
    }
    Map<String, String> members = new LinkedHashMap<>();
    body.forEach((name, value) -> members.put(name, value.json()));
    return new ModelParameters(
        new DefaultParameters(temperature, topP, maxTokens, seed),
        reasoningEffort.map(level -> level.name().toLowerCase(Locale.ROOT)),
        members,
        Set.copyOf(force));
  }
}
