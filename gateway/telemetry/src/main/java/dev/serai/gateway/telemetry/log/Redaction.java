package dev.serai.gateway.telemetry.log;

import dev.serai.core.secret.KeyForms;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;

/**
 * Replaces secrets in messages and exceptions of libraries: those that this process knows, and text
 * that looks like a key. A last resort: own code must not log secrets. Thread-safe; not for the hot
 * path (some microseconds per message).
 */
public final class Redaction {
  /** The text that replaces a secret. */
  public static final String MARK = KeyForms.MARK;

  /** Shorter values occur in ordinary words. */
  private static final int MIN_LENGTH = 6;

  /**
   * The place of a mistake in the settings: what follows it is text of the settings' own check,
   * which shows no secret.
   */
  private static final String NOT_A_PLACE =
      "(?<!\\.(?:yaml|yml|toml)(?::\\d{1,7})?: [\\w.*/\\[\\]-]{1,200}: [\"']?)"
          + "(?<!environment variable \\w{1,100}: [\"']?)";

  private static final List<Pattern> WITH_LEAD =
      List.of(
          Pattern.compile("(?i)(\\b(?:bearer|basic)\\s++)[A-Za-z0-9._~+/=-]{6,}+"),
          Pattern.compile(
              "(?i)((?:api[-_]?key|authorization|access[-_]?token|auth[-_]?token|secret|password"
                  + "|passwd|x-goog-api-key)\\b[\"']?\\s*+[:=]\\s*+[\"']?)"
                  + NOT_A_PLACE
                  + "(?!bearer|basic|\\[redacted)[^\\s\"',;&}]{3,}+"),
          Pattern.compile("(?i)([?&](?:key|token|sig|signature)=)[^\\s\"'&]{3,}+"),
          Pattern.compile("(://[^\\s/@:]{0,64}+:)[^\\s/@]{1,256}+(?=@)"));

  /**
   * The beginnings of the most common keys, since a library may cut a key in its message. Whole
   * keys of every form are found by {@link KeyForms}: a new form belongs there.
   */
  private static final List<Pattern> WHOLE =
      List.of(
          Pattern.compile(
              "\\b(?:sk|pk|rk|gsk|xai|hf|ghp|gho|glpat|xox[abp])[-_][A-Za-z0-9_-]{8,}+"),
          Pattern.compile("\\bAIza[A-Za-z0-9_-]{20,}+"),
          Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{12,}+"),
          Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]*+"));

  private final Set<String> known = new CopyOnWriteArraySet<>();

  /**
   * @param known secrets that this process holds; those shorter than 6 characters are ignored
   */
  public Redaction(Collection<String> known) {
    add(known);
  }

  /** Hides these secrets too. */
  public void add(Collection<String> secrets) {
    secrets.stream().filter(secret -> secret.length() >= MIN_LENGTH).forEach(known::add);
  }

  /** The text without secrets. */
  public String scrub(String text) {
    String clean = text;
    for (String secret : known) {
      clean = clean.replace(secret, MARK);
    }
    for (Pattern pattern : WITH_LEAD) {
      clean = pattern.matcher(clean).replaceAll("$1" + MARK);
    }
    for (Pattern pattern : WHOLE) {
      clean = pattern.matcher(clean).replaceAll(MARK);
    }
    return KeyForms.redacted(clean);
  }

  /** The number of secrets, never their values. */
  @Override
  public String toString() {
    return "Redaction of " + known.size() + " known secrets";
  }
}
