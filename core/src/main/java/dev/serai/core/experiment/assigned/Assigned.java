package dev.serai.core.experiment.assigned;

import dev.serai.core.http.InboundRequest;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment decides about a call. Immutable.
 *
 * @param model the model name that is planned instead of the one that the request has
 * @param shadow whether the call is a copy of one of a client, whose response is dropped
 * @param copies what is decided about copies of the call; a copy has none
 * @param request of the client, of which a copy is made; empty if this is not about a copy
 */
public record Assigned(
    Assignment assignment,
    String model,
    boolean shadow,
    List<Assigned> copies,
    Optional<InboundRequest> request) {
  public Assigned {
    copies = List.copyOf(copies);
  }

  /** Of a call of a client that is not copied. */
  public Assigned(Assignment assignment, String model) {
    this(assignment, model, false, List.of(), Optional.empty());
  }

  /**
   * Of a copy of a call.
   *
   * @param request of the client, as it came
   */
  public static Assigned ofShadow(Assignment assignment, String model, InboundRequest request) {
    return new Assigned(assignment, model, true, List.of(), Optional.of(request));
  }

  /** The same with copies. */
  public Assigned copied(List<Assigned> shadows) {
    return shadows.isEmpty() ? this : new Assigned(assignment, model, shadow, shadows, request);
  }
}
