package dev.serai.config.persona;

import dev.serai.config.annotation.Required;
import dev.serai.config.routing.AliasSettings;
import dev.serai.config.routing.ParameterSettings;
import dev.serai.config.routing.TargetSettings;
import dev.serai.core.model.Persona;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model name of the form persona/NAME, whose calls get a stored prompt.
 *
 * @param prompt the name of the stored prompt
 * @param label which of its versions; production if left out
 * @param tenant whose prompt it is; that of the caller if left out
 * @param model what serves the calls: an alias, or provider/model
 * @param memory what the calls do with the stored session that they name: session goes on with it
 *     and stores their turns, read goes on with it and stores nothing, none does without it
 * @param parameters for chat requests that do not set them; they replace those of the alias
 */
public record PersonaSettings(
    @Required String prompt,
    Optional<String> label,
    Optional<String> tenant,
    @Required String model,
    Persona.Memory memory,
    ParameterSettings parameters) {
  /** What the model names of personas begin with. */
  private static final String PREFIX = "persona/";

  /** The persona that is built in. */
  private static final String GUIDE = "guide";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Without a prompt and a model, which must be set. */
  public static PersonaSettings defaults() {
    return new PersonaSettings(
        "",
        Optional.empty(),
        Optional.empty(),
        "",
        Persona.Memory.SESSION,
        ParameterSettings.defaults());
  }

  /** Why a persona may not have that name; empty if it may. */
  public static Optional<String> fault(String name) {
    if (name.equals(GUIDE)) {
      return Optional.of("persona/guide is built in; choose another name");
    }
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("must be 1 to 64 letters, digits and the characters . _ -");
  }

  /** The name that calls ask for. */
  public static String modelName(String name) {
    return PREFIX + name;
  }

  /** Where its prompt is. */
  public Persona persona() {
    return new Persona(prompt, label, tenant, memory);
  }

  /**
   * The alias that serves its calls: a copy of the one that it names.
   *
   * @param aliases those of the settings
   */
  public AliasSettings alias(Map<String, AliasSettings> aliases) {
    AliasSettings named = aliases.getOrDefault(model, AliasSettings.defaults());
    List<TargetSettings> targets =
        TargetSettings.isOne(model) ? List.of(new TargetSettings(model, 1)) : named.targets();
    return new AliasSettings(
        targets,
        named.fallbacks(),
        named.strategy(),
        named.failover(),
        named.maxAttempts(),
        named.headers(),
        parameters.over(named.parameters()),
        named.deadlines(),
        named.hedging(),
        named.fanOut());
  }
}
