package dev.serai.adapters.dialects.gemini;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ModelRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The path of a request, in which the model stands: {@code /v1beta/models/NAME:VERB}. The name may
 * hold slashes, plain or percent-encoded.
 *
 * @param model as the caller meant it, decoded
 * @param verb without its colon
 */
record ModelPath(String model, String verb) {
  /** Verbs that clients of this dialect use, by which their paths are told from others'. */
  static final Set<String> VERBS =
      Set.of(
          "generateContent",
          "streamGenerateContent",
          "countTokens",
          "embedContent",
          "batchEmbedContents");

  private static final String MODELS = "/models/";

  /**
   * Takes a caller's path apart.
   *
   * @throws CallerProblem 404 if it names no model or nothing to do with it
   */
  static ModelPath read(String path) {
    int from = path.indexOf(MODELS) + MODELS.length();
    int colon = path.lastIndexOf(':');
    String verb = path.substring(colon + 1);
    if (from < MODELS.length() || colon <= from || !VERBS.contains(verb)) {
      throw new CallerProblem(
          404, "not_found", "There is nothing at this path.", java.util.Optional.empty());
    }
    String model = decoded(path.substring(from, colon));
    if (!ModelRequest.isValidName(model)) {
      throw CallerProblem.invalid(
          "model",
          "Invalid model: expected a name of 1 to "
              + ModelRequest.MAX_NAME_LENGTH
              + " printable characters.");
    }
    return new ModelPath(model, verb);
  }

  /** Escapes are well formed: the edge has looked. */
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = new byte[text.length()];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int high = Character.digit(text.charAt(i + 1), 16);
        bytes[size++] = (byte) (high << 4 | Character.digit(text.charAt(i + 2), 16));
        i += 2;
      } else {
        bytes[size++] = (byte) c;
      }
    }
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /**
   * A model's path at a provider. A name with a slash says its own collection: {@code
   * tunedModels/x}.
   *
   * @throws CallerProblem 404 for a name that no path can hold
   */
  static String of(String model) {
    StringBuilder path = new StringBuilder(model.length() + MODELS.length());
    path.append(model.indexOf('/') < 0 ? MODELS : "/");
    for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
      if (b == '/' || isUnreserved(b)) {
        path.append((char) b);
      } else {
        String hex = Integer.toHexString(b & 0xFF | 0x100).substring(1);
        path.append('%').append(hex.toUpperCase(Locale.ROOT));
      }
    }
    // A segment of dots would lead elsewhere.
    if (path.indexOf("/.") >= 0 || path.indexOf("//") >= 0) {
      throw CallerProblem.unknownModel(model);
    }
    return path.toString();
  }

  private static boolean isUnreserved(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-._~@".indexOf(c) >= 0;
  }
}
