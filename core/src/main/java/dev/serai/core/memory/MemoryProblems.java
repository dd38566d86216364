package dev.serai.core.memory;

import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/** The failures of requests about memory objects. Stateless. */
public final class MemoryProblems {
  /** The code of the problem that an object is missing. */
  public static final String NOT_FOUND = "not_found";

  private MemoryProblems() {}

  /** 404 without a message: the body is {@code {"error":"not_found"}}. */
  public static CallerProblem notFound() {
    return new CallerProblem(404, NOT_FOUND, "", Optional.empty());
  }

  /** 412: the object is not what the request expects. */
  public static CallerProblem preconditionFailed() {
    return new CallerProblem(
        412,
        "precondition_failed",
        "The object is not in the state that If-Match or If-None-Match names. Read it again.",
        Optional.empty());
  }

  /** 413: the object is too large. */
  public static CallerProblem tooLarge() {
    return new CallerProblem(
        413,
        "object_too_large",
        "An object has at most " + MemoryChange.Put.MAX_BYTES + " bytes.",
        Optional.of("object"));
  }

  /** 413: the objects that one request reads are too large together. */
  public static CallerProblem replyTooLarge() {
    return new CallerProblem(
        413,
        "reply_too_large",
        "The objects before it fill the reply. Read this one with another request.",
        Optional.empty());
  }

  /** 507 without a message: the body is {@code {"error":"quota_exceeded"}}. */
  public static CallerProblem quotaExceeded() {
    return new CallerProblem(507, "quota_exceeded", "", Optional.empty());
  }
}
