package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.request.RequestNames;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.text.KnownNames;
import java.util.Optional;
import java.util.Set;

/**
 * The path of a request, which holds the model: {@code /v1beta/models/NAME:VERB}. The name may
 * contain slashes, plain or percent-encoded.
 *
 * @param model decoded
 * @param verb without its colon
 */
record ModelPath(String model, String verb) {
  /** The verbs of this dialect, which distinguish its paths from those of others. */
  static final Set<String> VERBS =
      Set.of(
          "generateContent",
          "streamGenerateContent",
          "countTokens",
          "embedContent",
          "batchEmbedContents");

  private static final String MODELS = "/models/";

  /**
   * Parses the path of a request.
   *
   * @throws CallerProblem 404 if it has no model or an unknown verb
   */
  static ModelPath read(String path) {
    int from = path.indexOf(MODELS) + MODELS.length();
    int colon = path.lastIndexOf(':');
    String verb = path.substring(colon + 1);
    if (from < MODELS.length() || colon <= from) {
      throw nothing();
    }
    if (!VERBS.contains(verb)) {
      throw new CallerProblem(
          404,
          "not_found",
          "Models have no operation '" + verb + "'. " + KnownNames.hint(verb, VERBS),
          Optional.empty());
    }
    String model = PercentEncoding.decode(path.substring(from, colon));
    return new ModelPath(RequestNames.valid("model", model), verb);
  }

  /** The problem of a path without a model, or with a verb that is not served there. */
  static CallerProblem nothing() {
    return new CallerProblem(404, "not_found", "There is nothing at this path.", Optional.empty());
  }

  /**
   * The path of a model at a provider. A name with a slash includes its collection: {@code
   * tunedModels/x}.
   *
   * @throws CallerProblem 404 for a name that no path can hold
   */
  static String of(String model) {
    String path = (model.indexOf('/') < 0 ? MODELS : "/") + PercentEncoding.encode(model, "/@");
    // A segment of dots would be another path.
    if (path.indexOf("/.") >= 0 || path.indexOf("//") >= 0) {
      throw CallerProblem.unknownModel(model);
    }
    return path;
  }
}
