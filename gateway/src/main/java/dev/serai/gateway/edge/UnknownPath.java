package dev.serai.gateway.edge;

import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.text.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says that there is nothing at a path, and what to do about a common mistake. Stateless. */
final class UnknownPath {
  private static final String NOTHING = "There is nothing at this path.";
  private static final String V1 = "/v1/";
  private static final String TWICE = "/v1/v1/";
  private static final String MESSAGES = "/v1/messages";
  private static final String GEMINI = "/models/";
  private static final String BASE_URL =
      "The paths of OpenAI's API begin with /v1: set the client's base URL to"
          + " http://HOST:PORT/v1.";

  private static final String REPEATED =
      "The path has /v1 twice: set the client's base URL to http://HOST:PORT/v1, and append only"
          + " the operation, such as chat/completions.";

  private static final String WITH_OPERATION =
      "The base URL has an operation in it, to which the client appends another: set it to"
          + " http://HOST:PORT/v1.";

  private static final String API =
      "The paths below /api have no /v1 before them: set the client's address to http://HOST:PORT,"
          + " without a path.";

  private static final String ANTHROPIC =
      "The paths of Anthropic's clients begin with /v1 already: set the client's base URL to"
          + " http://HOST:PORT, without a path.";

  private static final String GOOGLE =
      "The paths of Gemini's API begin with /v1beta: set the client's base URL to"
          + " http://HOST:PORT, and its version to v1beta.";

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

  /** What is served under /v1 and may be misspelt. */
  private static final List<String> SERVED =
      List.of(
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/responses",
          "/v1/embeddings",
          "/v1/models",
          "/v1/moderations",
          "/v1/rerank",
          "/v1/messages",
          "/v1/ask",
          "/v1/keys",
          "/v1/users",
          "/v1/tenants",
          "/v1/roles",
          "/v1/budgets",
          "/v1/usage",
          "/v1/usage/summary",
          "/v1/sessions",
          "/v1/feedback",
          "/v1/experiments",
          "/v1/prompts",
          "/v1/providers",
          "/v1/audit",
          "/api/chat",
          "/api/generate",
          "/api/tags",
          "/api/embed",
          "/metrics",
          "/docs",
          "/openapi.json",
          "/healthz");

  private UnknownPath() {}

  static GatewayProblem problem(String path, Headers headers) {
    boolean anthropic = headers.first("anthropic-version").isPresent();
    String hint = hint(path, anthropic).map(sentence -> " " + sentence).orElse("");
    return new CallerProblem(404, "not_found", NOTHING + hint, Optional.empty());
  }

  private static Optional<String> hint(String path, boolean anthropic) {
    return OtherPaths.instead(path)
        .or(() -> baseUrl(path, anthropic))
        .or(() -> slash(path))
        .or(() -> misspelt(path));
  }

  /** Clients append an operation to their base URL, whether it ends in /v1 or not. */
  private static Optional<String> baseUrl(String path, boolean anthropic) {
    if (path.startsWith(TWICE)) {
      return Optional.of(anthropic || path.startsWith(TWICE + "messages") ? ANTHROPIC : REPEATED);
    }
    if (path.startsWith("/v1/api/")) {
      return Optional.of(API);
    }
    if (SERVED.stream().anyMatch(served -> isRepeated(path, served))) {
      return Optional.of(WITH_OPERATION);
    }
    int version = path.lastIndexOf(V1);
    String inner = version > 0 ? path.substring(version) : path;
    if (version > 0 && inner.startsWith(MESSAGES) || path.startsWith("/messages")) {
      return Optional.of(ANTHROPIC);
    }
    if (path.contains(GEMINI) && path.lastIndexOf(':') > path.indexOf(GEMINI)) {
      return Optional.of(GOOGLE);
    }
    String rest = version > 0 ? inner.substring(V1.length()) : afterRoot(path);
    return OPERATIONS.stream().anyMatch(rest::startsWith)
        ? Optional.of(BASE_URL)
        : Optional.empty();
  }

  /** Whether something is appended to a path that is served, which ends in an operation. */
  private static boolean isRepeated(String path, String served) {
    return path.startsWith(served + "/")
        && OPERATIONS.stream().anyMatch(path.substring(served.length() + 1)::startsWith);
  }

  /** The path without its first slash, and without a prefix that names the API of OpenAI. */
  private static String afterRoot(String path) {
    for (String root : List.of("/v1beta/openai/", "/openai/")) {
      if (path.startsWith(root)) {
        return path.substring(root.length());
      }
    }
    return path.substring(Math.min(1, path.length()));
  }

  private static Optional<String> slash(String path) {
    return path.endsWith("/") && SERVED.contains(path.substring(0, path.length() - 1))
        ? Optional.of("Remove the slash at its end.")
        : Optional.empty();
  }

  private static Optional<String> misspelt(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (!lower.equals(path) && SERVED.stream().anyMatch(lower::startsWith)) {
      return Optional.of("Paths are in lower case.");
    }
    return lower.equals("/v1/chat")
        ? Optional.of("Did you mean /v1/chat/completions?")
        : Spelling.closest(path, SERVED).map(meant -> "Did you mean " + meant + "?");
  }
}
