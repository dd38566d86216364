package dev.serai.gateway.edge;

import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says that there is nothing at a path, and what to do about a common mistake. Stateless. */
final class UnknownPath {
  private static final String NOTHING = "There is nothing at this path.";
  private static final String TWICE = "/v1/v1/";
  private static final String BASE_URL =
      " The paths of OpenAI's API begin with /v1: set the client's base URL to"
          + " http://HOST:PORT/v1.";

  private static final String ANTHROPIC =
      " The paths of Anthropic's clients begin with /v1 already: set the client's base URL to"
          + " http://HOST:PORT, without a path.";

  /** The first parts of the paths of OpenAI's API behind /v1. */
  private static final List<String> OPERATIONS =
      List.of(
          "chat/completions",
          "completions",
          "responses",
          "embeddings",
          "models",
          "moderations",
          "images/",
          "audio/",
          "files",
          "batches",
          "rerank",
          "realtime");

  /** Paths of LiteLLM, and those of Serai for the same. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "/health/liveliness", "/health/live",
          "/health/liveness", "/health/live",
          "/health/readiness", "/health/ready",
          "/key/generate", "POST /v1/keys",
          "/model/info", "/v1/models");

  private UnknownPath() {}

  static GatewayProblem problem(String path, Headers headers) {
    boolean anthropic = headers.first("anthropic-version").isPresent();
    return new CallerProblem(404, "not_found", NOTHING + hint(path, anthropic), Optional.empty());
  }

  /** Clients append an operation to their base URL, whether it ends in /v1 or not. */
  private static String hint(String path, boolean anthropic) {
    String here = OTHERS.get(path);
    if (here != null) {
      return " Here it is " + here + ".";
    }
    boolean twice = path.startsWith(TWICE);
    if (twice && (anthropic || path.startsWith(TWICE + "messages"))) {
      return ANTHROPIC;
    }
    String rest = path.substring(Math.min(1, path.length()));
    boolean without = OPERATIONS.stream().anyMatch(rest::startsWith);
    return twice || without ? BASE_URL : "";
  }
}
