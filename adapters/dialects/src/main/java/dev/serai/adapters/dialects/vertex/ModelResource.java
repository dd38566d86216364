package dev.serai.adapters.dialects.vertex;

import dev.serai.core.http.PercentEncoding;
import dev.serai.core.problem.CallerProblem;

/**
 * The resource of a model below a project and a location. A name is that of a model, {@code
 * PUBLISHER/MODEL}, {@code publishers/PUBLISHER/models/MODEL}, or {@code endpoints/ID} for a tuned
 * Gemini model.
 *
 * @param publisher such as {@code google}
 * @param path without a verb
 */
record ModelResource(String publisher, String path) {
  static final String GOOGLE = "google";
  static final String ANTHROPIC = "anthropic";

  private static final String PUBLISHERS = "publishers/";
  private static final String MODELS = "/models/";
  private static final String ENDPOINTS = "endpoints/";

  /**
   * The resource of a name.
   *
   * @throws CallerProblem 404 for a name that no path can hold, 400 for another publisher
   */
  static ModelResource of(String model) {
    if (model.startsWith(ENDPOINTS)) {
      return new ModelResource(GOOGLE, "/" + ENDPOINTS + segment(model, ENDPOINTS.length()));
    }
    String name = model.startsWith(PUBLISHERS) ? shortened(model) : model;
    int slash = name.indexOf('/');
    String publisher = slash < 0 ? publisher(name) : name.substring(0, slash);
    if (!publisher.equals(GOOGLE) && !publisher.equals(ANTHROPIC)) {
      throw CallerProblem.invalid(
          "model", "Models of the publisher '" + publisher + "' are not supported on Vertex AI.");
    }
    return new ModelResource(
        publisher, "/" + PUBLISHERS + publisher + MODELS + segment(name, slash + 1));
  }

  /** Whether a name is that of a model of Anthropic. */
  static boolean isAnthropic(String model) {
    return of(model).publisher.equals(ANTHROPIC);
  }

  /** The name without what it implies: without its publisher, if that follows from the rest. */
  static String shortest(String model) {
    String name = model.startsWith(PUBLISHERS) ? shortened(model) : model;
    int slash = name.indexOf('/');
    String rest = name.substring(slash + 1);
    boolean implied = slash > 0 && name.substring(0, slash).equals(publisher(rest));
    return implied ? rest : name;
  }

  private static String shortened(String model) {
    return model.substring(PUBLISHERS.length()).replaceFirst(MODELS, "/");
  }

  private static String publisher(String name) {
    return name.startsWith("claude") ? ANTHROPIC : GOOGLE;
  }

  private static String segment(String model, int from) {
    String name = model.substring(from);
    if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
      throw CallerProblem.unknownModel(model);
    }
    return PercentEncoding.encode(name, "@");
  }
}
