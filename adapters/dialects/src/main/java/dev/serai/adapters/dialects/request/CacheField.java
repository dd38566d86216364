package dev.serai.adapters.dialects.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CacheMode;
import java.util.Map;
import java.util.Optional;

/** Reads {@code serai.cache} of a request: how it uses the cache of responses. Pure. */
final class CacheField {
  static final String NAME = "cache";

  private CacheField() {}

  /**
   * What a request asks. The member at the top goes before that of the metadata.
   *
   * @throws CallerProblem 400 if it is not a mode
   */
  static Optional<CacheMode> of(JsonMembers request) {
    for (Map.Entry<String, byte[]> own : request.own().entrySet()) {
      JsonNode value = RoutingFields.tree(own.getKey(), own.getValue()).path(NAME);
      if (!value.isMissingNode() && !value.isNull()) {
        return Optional.of(mode(own.getKey() + "." + NAME, value));
      }
    }
    return Optional.empty();
  }

  private static CacheMode mode(String place, JsonNode value) {
    return (value.isTextual() ? CacheMode.named(value.textValue()) : Optional.<CacheMode>empty())
        .orElseThrow(
            () ->
                CallerProblem.invalid(
                    place,
                    "'"
                        + place
                        + "' must be one of "
                        + String.join(", ", CacheMode.labels())
                        + "."));
  }
}
