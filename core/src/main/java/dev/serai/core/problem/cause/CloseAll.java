package dev.serai.core.problem.cause;

import java.util.Iterator;
import java.util.List;

/**
 * Closes several things although some of them fail, so that nothing stays open and the first
 * failure is the one that is seen. Stateless.
 */
public final class CloseAll {
  private CloseAll() {}

  /**
   * Closes one thing.
   *
   * @param <E> what it may throw
   */
  public interface Step<E extends Exception> extends AutoCloseable {
    @Override
    void close() throws E;
  }

  /**
   * Runs all steps in this order, even after a failure.
   *
   * @throws E the first failure, after the last step; the others are suppressed in it
   */
  @SafeVarargs
  public static <E extends Exception> void inOrder(Step<E>... steps) throws E {
    inOrder(List.of(steps));
  }

  /**
   * Runs all steps in this order, even after a failure.
   *
   * @throws E the first failure, after the last step; the others are suppressed in it
   */
  public static <E extends Exception> void inOrder(List<Step<E>> steps) throws E {
    next(steps.iterator());
  }

  private static <E extends Exception> void next(Iterator<Step<E>> steps) throws E {
    if (!steps.hasNext()) {
      return;
    }
    try {
      steps.next().close();
    } catch (Exception | Error first) {
      after(first, () -> next(steps));
      throw first;
    }
    next(steps);
  }

  /**
   * Runs a step after a failure. What it throws is suppressed in that failure, unless it is that
   * failure again, as of two things over one file that has failed.
   *
   * @return the failure, to be thrown
   */
  public static <F extends Throwable> F after(F failure, AutoCloseable step) {
    try {
      step.close();
    } catch (Exception | Error second) {
      if (second != failure) { // no failure can be suppressed in itself
        failure.addSuppressed(second);
      }
    }
    return failure;
  }
}
