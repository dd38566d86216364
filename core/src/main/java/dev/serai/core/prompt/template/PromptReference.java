package dev.serai.core.prompt.template;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a call names a stored prompt. Immutable.
 *
 * @param name of the prompt; empty if the model of the call is a persona, which has one
 * @param model that the request names; empty if it names none
 * @param label that points to the version; empty with a version
 * @param version its number
 * @param variables the values, by the name of the variable: a text, a {@link java.math.BigDecimal},
 *     a truth value, or an object of no use
 * @param member of the request that has the variables, for problems
 */
public record PromptReference(
    String name,
    String model,
    Optional<String> label,
    OptionalInt version,
    Map<String, Object> variables,
    String member) {
  public PromptReference {
    variables = Map.copyOf(variables);
  }

  /** The same of a request that names another model. */
  public PromptReference of(String otherModel) {
    return new PromptReference(name, otherModel, label, version, variables, member);
  }
}
