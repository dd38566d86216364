package dev.serai.core.request;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.secret.KeyForms;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a call says about itself, for usage, the log and traces. It changes nothing about who pays
 * and who calls. Immutable.
 *
 * @param session the conversation; empty if not given
 * @param taskType the kind of work; empty if not given
 * @param tags at most {@link #MAX_TAGS}
 */
public record CallLabels(String session, String taskType, Set<String> tags) {
  /** No labels. */
  public static final CallLabels NONE = new CallLabels("", "", Set.of());

  /** The kind of work of the calls that Serai makes to see whether a model works. */
  public static final String HEALTH_PROBE = "health_probe";

  /** Maximum tags of a call. */
  public static final int MAX_TAGS = 16;

  /** Maximum characters of a tag and of a task type. */
  public static final int MAX_LENGTH = 64;

  /** Maximum characters of a session. */
  public static final int MAX_SESSION_LENGTH = 256;

  public CallLabels {
    tags = Set.copyOf(tags);
  }

  /**
   * Reads a session.
   *
   * @param param where the client wrote it
   * @throws CallerProblem 400 if it is too long, or has control characters or an API key
   */
  public static String session(String text, String param) {
    return checked(text, param, MAX_SESSION_LENGTH);
  }

  /**
   * Reads a task type.
   *
   * @param param where the client wrote it
   * @throws CallerProblem 400 if it is too long, or has control characters or an API key
   */
  public static String taskType(String text, String param) {
    return checked(text, param, MAX_LENGTH);
  }

  /**
   * Reads tags, of which each may be a list separated by commas.
   *
   * @param param where the client wrote them
   * @throws CallerProblem 400 if there are too many, or if one is too long, or has control
   *     characters or an API key
   */
  public static Set<String> tags(List<String> texts, String param) {
    Set<String> tags = new HashSet<>();
    for (String text : texts) {
      for (String tag : text.split(",", MAX_TAGS + 1)) {
        if (!tag.isBlank()) {
          tags.add(checked(tag.strip(), param, MAX_LENGTH));
        }
      }
    }
    requireFew(tags, param);
    return tags;
  }

  /**
   * These labels; missing ones come from {@code others}, and all tags of both.
   *
   * @throws CallerProblem 400 if there are too many tags
   */
  public CallLabels or(CallLabels others) {
    if (this.equals(NONE) || others.equals(NONE)) {
      return this.equals(NONE) ? others : this;
    }
    Set<String> all = new HashSet<>(tags);
    all.addAll(others.tags);
    requireFew(all, "tags");
    return new CallLabels(
        session.isEmpty() ? others.session : session,
        taskType.isEmpty() ? others.taskType : taskType,
        all);
  }

  private static void requireFew(Set<String> tags, String param) {
    if (tags.size() > MAX_TAGS) {
      throw CallerProblem.invalid(param, "A call has at most " + MAX_TAGS + " tags.");
    }
  }

  private static String checked(String text, String param, int max) {
    boolean printable = text.chars().noneMatch(Character::isISOControl);
    if (text.length() > max || !printable) {
      throw CallerProblem.invalid(
          param,
          "'" + param + "' must have at most " + max + " characters and no control characters.");
    }
    if (KeyForms.isIn(text)) {
      throw CallerProblem.invalid(
          param, "'" + param + "' has an API key, and it is logged. Remove the key.");
    }
    return text;
  }
}
