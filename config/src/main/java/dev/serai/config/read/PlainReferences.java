package dev.serai.config.read;

import dev.serai.core.secret.SecretReference;
import java.util.Optional;

/**
 * Finds references that are not written as the place where they are asks, and that would be used as
 * the secret itself. Pure; the messages do not repeat the text.
 */
public final class PlainReferences {
  private static final String OF_LITELLM = "os.environ/";

  private PlainReferences() {}

  /**
   * What is wrong with the text of a secret in a file; empty if nothing is.
   *
   * @param named whether the secret may have a name before a colon
   */
  static Optional<String> inFile(Node.Scalar scalar, boolean named) {
    String text = scalar.written().strip();
    if (scalar.expanded() && isMeant(scalar.text().strip(), named)) {
      return Optional.of(
          "the value of its variable would be taken for the secret itself; "
              + "write a reference as vault:PATH#FIELD or file:/PATH");
    }
    if (isMeant(text, named)) {
      return Optional.of(
          "write a reference in a file as ${vault:PATH#FIELD} or ${file:/PATH}; without ${ and } it"
              + " is taken for the secret itself");
    }
    return text.startsWith(OF_LITELLM)
        ? Optional.of("write a variable as ${NAME}, not as " + OF_LITELLM + "NAME")
        : Optional.empty();
  }

  /** Whether a text is meant as a reference. */
  public static boolean isMeant(String text, boolean named) {
    return named ? SecretReference.isMeant(text) : SecretReference.isMeantWithoutName(text);
  }

  /** What is wrong with the value of a variable that holds a secret; empty if nothing is. */
  public static Optional<String> inVariable(String text) {
    return text.startsWith("${" + SecretReference.VAULT + ":")
            || text.startsWith("${" + SecretReference.FILE + ":")
        ? Optional.of(
            "write a reference in a variable without ${ and }, as vault:PATH#FIELD or file:/PATH")
        : Optional.empty();
  }
}
