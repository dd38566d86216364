package dev.serai.adapters.dialects.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * What Google's APIs say of the invalid fields of a request: the {@code fieldViolations} of a
 * {@code google.rpc.BadRequest} in the details of an error. Often the message is only "Request
 * contains an invalid argument.", and which one it is stands there. For one error; not thread-safe.
 */
public final class FieldViolations {
  private static final int MAX = 5;
  private static final int MAX_TEXT = 200;

  private final List<Violation> violations = new ArrayList<>(1);

  private record Violation(String field, String description) {
    String text() {
      return field.isEmpty() ? description : field + ": " + description;
    }
  }

  /**
   * The next one; without a description it says nothing.
   *
   * @param field its path, empty if it is not named
   */
  public void add(String field, String description) {
    if (violations.size() < MAX && !description.isEmpty()) {
      violations.add(
          new Violation(ErrorBody.cut(field, MAX_TEXT), ErrorBody.cut(description, MAX_TEXT)));
    }
  }

  /** The message of the error, with those that it does not have itself. */
  public String appendedTo(String message) {
    StringBuilder all = new StringBuilder(message);
    for (Violation violation : violations) {
      if (!message.contains(violation.description())) {
        all.append(all.isEmpty() ? "" : " ").append(violation.text());
      }
    }
    return all.toString();
  }
}
