package dev.serai.adapters.dialects.request;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelParameters;
import java.util.List;
import java.util.Optional;

/**
 * The names of parameters in the requests of a dialect, and how those of a model are written over a
 * request. Of several names of a parameter the first one is written. A parameter without a name is
 * left out. Immutable.
 *
 * @param object the names of the object that has them; none if they are at the top
 * @param effort the path to the level of reasoning, from the top
 */
public record ParameterNames(
    List<String> object,
    List<String> temperature,
    List<String> topP,
    List<String> maxTokens,
    List<String> seed,
    List<String> effort) {

  /** A request in this dialect with the parameters of its model. */
  public ProviderRequest over(ProviderRequest written, ModelParameters parameters) {
    BodyOverlay overlay = new BodyOverlay();
    BodyOverlay inside = object.isEmpty() ? overlay : overlay.in(object);
    Writer writer = new Writer(inside, parameters);
    DefaultParameters sampling = parameters.sampling();
    writer.put(
        ModelParameters.TEMPERATURE, temperature, sampling.temperature().map(String::valueOf));
    writer.put(ModelParameters.TOP_P, topP, sampling.topP().map(String::valueOf));
    writer.put(ModelParameters.MAX_TOKENS, maxTokens, sampling.maxTokens().map(String::valueOf));
    writer.put(ModelParameters.SEED, seed, sampling.seed().map(String::valueOf));
    parameters.effort().ifPresent(level -> effort(overlay, level, parameters));
    parameters
        .body()
        .forEach((name, json) -> overlay.put(nameAtTop(name), json, parameters.forces(name)));
    return written.withBody(overlay.over(written.body()));
  }

  private void effort(BodyOverlay overlay, String level, ModelParameters parameters) {
    if (effort.isEmpty()) {
      return;
    }
    BodyOverlay at = overlay;
    for (String name : effort.subList(0, effort.size() - 1)) {
      at = at.in(nameAtTop(name));
    }
    boolean forced = parameters.forces(ModelParameters.EFFORT);
    at.put(List.of(effort.getLast()), '"' + level + '"', forced);
  }

  /** Members of the object of the parameters are merged into it, under any of its names. */
  private List<String> nameAtTop(String name) {
    return object.contains(name) ? object : List.of(name);
  }

  private record Writer(BodyOverlay to, ModelParameters parameters) {
    void put(String parameter, List<String> names, Optional<String> value) {
      if (!names.isEmpty()) {
        value.ifPresent(json -> to.put(names, json, parameters.forces(parameter)));
      }
    }
  }
}
