package dev.serai.core.secret;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a secret that is kept outside the settings: {@code vault:PATH#FIELD}, a field of a secret
 * of a secret manager, or {@code file:/PATH}, the content of a file. It holds no secret itself.
 * Immutable.
 *
 * @param scheme the kind of place: {@link #VAULT} or {@link #FILE}
 * @param path of the secret, as the place knows it; of a file, absolute
 * @param field of the secret; empty for a file
 */
public record SecretReference(String scheme, String path, String field) {
  /** HashiCorp Vault, or what speaks its API. */
  public static final String VAULT = "vault";

  /** A file, as Docker and Kubernetes mount secrets. */
  public static final String FILE = "file";

  private static final int MAX_LENGTH = 512;

  /** What begins the default of a variable. */
  private static final String DEFAULT = ":-";

  private static final Pattern IN_VAULT = Pattern.compile("vault:([^#\\p{Cntrl}]+)#([^#/\\s]+)");
  private static final Pattern IN_FILE = Pattern.compile("file:(?://)?(/[^\\p{Cntrl}]+)");

  /**
   * Whether a text is meant as a reference, although it may be a wrong one. A caller's key with the
   * name {@code vault} or {@code file} is none.
   */
  public static boolean isMeant(String text) {
    boolean vault = text.startsWith("vault:") && (text.contains("#") || text.contains("/data/"));
    return vault || text.startsWith("file:/");
  }

  /** The same for a text that has no name before a colon, as a caller's key may have. */
  public static boolean isMeantWithoutName(String text) {
    return text.startsWith(VAULT + ":") || text.startsWith(FILE + ":");
  }

  /**
   * Reads a reference.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write one and does not
   *     repeat the text
   */
  public static SecretReference parse(String text) {
    return find(text).orElseThrow(() -> new IllegalArgumentException(fault(text)));
  }

  private static String fault(String text) {
    return text.contains(DEFAULT)
        ? "a reference to a secret has no default; remove "
            + DEFAULT
            + " and what follows it, or name a variable as ${NAME:-default}"
        : "write a reference to a secret as vault:PATH#FIELD, for example"
            + " vault:secret/data/serai#openai, or as file:/PATH, with at most "
            + MAX_LENGTH
            + " characters";
  }

  /** The reference that a text is; empty if it is none. */
  public static Optional<SecretReference> find(String text) {
    if (text.length() > MAX_LENGTH || text.contains(DEFAULT)) {
      return Optional.empty();
    }
    Matcher vault = IN_VAULT.matcher(text);
    if (vault.matches() && isPath(vault.group(1))) {
      return Optional.of(new SecretReference(VAULT, vault.group(1), vault.group(2)));
    }
    Matcher file = IN_FILE.matcher(text);
    return file.matches()
        ? Optional.of(new SecretReference(FILE, file.group(1), ""))
        : Optional.empty();
  }

  /** Segments that name something, and none that leads elsewhere. */
  private static boolean isPath(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /** As it is written. */
  @Override
  public String toString() {
    return scheme + ":" + path + (field.isEmpty() ? "" : "#" + field);
  }
}
