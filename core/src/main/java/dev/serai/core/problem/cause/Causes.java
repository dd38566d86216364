package dev.serai.core.problem.cause;

import java.util.concurrent.CompletionException;

/** Finds the cause of a failure that a {@link CompletionException} wraps. Stateless. */
public final class Causes {
  private Causes() {}

  /** The wrapped cause; the failure itself if it wraps none. */
  public static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
