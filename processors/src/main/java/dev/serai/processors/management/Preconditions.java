package dev.serai.processors.management;

import dev.serai.core.http.Headers;
import dev.serai.core.memory.Precondition;
import dev.serai.core.problem.CallerProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13.1). Pure. */
public final class Preconditions {
  private static final String MATCH = "if-match";
  private static final String NONE_MATCH = "if-none-match";
  private static final String ANY = "*";

  /** An entity tag; a weak one never matches a change. */
  private static final Pattern TAG = Pattern.compile("(W/)?\"([0-9]{1,18})\"");

  private Preconditions() {}

  /**
   * What a change requires.
   *
   * @throws CallerProblem 400 if a field cannot be understood, or both are there
   */
  public static Precondition ofChange(Headers headers) {
    List<String> match = headers.list(MATCH);
    List<String> noneMatch = headers.list(NONE_MATCH);
    if (!match.isEmpty() && !noneMatch.isEmpty()) {
      throw CallerProblem.invalid(MATCH, "A request has If-Match or If-None-Match, not both.");
    }
    if (!noneMatch.isEmpty()) {
      if (!noneMatch.equals(List.of(ANY))) {
        throw CallerProblem.invalid(
            NONE_MATCH, "If-None-Match of a change must be '*': the object must not exist.");
      }
      return new Precondition.Absent();
    }
    if (match.isEmpty()) {
      return Precondition.NONE;
    }
    return match.equals(List.of(ANY))
        ? new Precondition.Present()
        : new Precondition.Version(versions(match));
  }

  private static Set<Long> versions(List<String> tags) {
    Set<Long> versions = new HashSet<>();
    for (String tag : tags) {
      Matcher read = TAG.matcher(tag);
      if (!read.matches()) {
        throw CallerProblem.invalid(MATCH, "If-Match must have values of ETag, such as \"7\".");
      }
      if (read.group(1) == null) {
        versions.add(Long.parseLong(read.group(2)));
      }
    }
    return versions;
  }

  /**
   * Whether the client has this version already, by the weak comparison (section 8.8.3.2).
   *
   * @param tag of the version
   */
  public static boolean hasAlready(Headers headers, String tag) {
    return headers.list(NONE_MATCH).stream()
        .anyMatch(one -> one.equals(ANY) || one.equals(tag) || one.equals("W/" + tag));
  }
}
