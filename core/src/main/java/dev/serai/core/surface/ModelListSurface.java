package dev.serai.core.surface;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.http.QueryString;
import dev.serai.core.model.ListedModel;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import java.util.List;
import java.util.Optional;

/** Reads requests for lists of models, and writes the lists, for one API. Pure and thread-safe. */
public interface ModelListSurface {
  /** Whether a request is one of this API: by its path and by headers that its clients send. */
  boolean owns(InboundRequest request);

  /**
   * The model that a request asks for; empty if it asks for the list.
   *
   * @throws GatewayProblem 400 if the request has to name a model and does not
   */
  Optional<String> readName(InboundRequest request);

  /**
   * Checks what a request for the list says about pages, of which there is one.
   *
   * @throws GatewayProblem 400 if it asks for another page, or its size is not a number
   */
  default void checkPage(InboundRequest request) {}

  /**
   * Checks that a parameter of a request, if it is there, is a number from 1 to {@code max}.
   *
   * @throws GatewayProblem 400 if it is none
   */
  static void requireSize(QueryString query, String name, int max) {
    Optional<String> size = query.only(name);
    if (size.isPresent()
        && !(size.get().matches("[1-9][0-9]{0,8}") && Integer.parseInt(size.get()) <= max)) {
      throw CallerProblem.invalid(name, "'" + name + "' must be a number from 1 to " + max + ".");
    }
  }

  /**
   * Refuses a parameter that names another page than the first one, as an empty one does not.
   *
   * @throws GatewayProblem 400 if it is there
   */
  static void refusePage(QueryString query, String name) {
    if (query.only(name).filter(page -> !page.isEmpty()).isPresent()) {
      throw CallerProblem.invalid(
          name, "There is no other page: the list has all models. Leave '" + name + "' out.");
    }
  }

  /** Writes all models, never split into pages. */
  byte[] writeList(List<ListedModel> models);

  /** Writes one model. */
  byte[] writeOne(ListedModel model);

  /**
   * The failure for a name that resolves to no model.
   *
   * @param problem that of a call for this model
   */
  default GatewayProblem unknown(String name, CallerProblem problem) {
    return problem;
  }

  /** The decoded rest of a path below the path of the list; empty if there is none. */
  static Optional<String> nameBelow(String root, String path) {
    return path.length() <= root.length() + 1
        ? Optional.empty()
        : Optional.of(PercentEncoding.decode(path.substring(root.length() + 1)));
  }
}
