package dev.serai.core.experiment.assigned;

import dev.serai.core.http.InboundRequest;
import java.util.List;

/**
 * The copies of a call that are sent once it has been answered. Immutable.
 *
 * @param request of the client, as it came
 * @param variants one for each copy
 */
public record Shadows(InboundRequest request, List<AssignedModel> variants) {
  public Shadows {
    variants = List.copyOf(variants);
  }
}
