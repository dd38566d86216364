package dev.serai.gateway.guard;

/** How many steps a check may take. Not thread-safe. */
final class Effort {
  private long left;

  /** Thrown by a check that takes more steps than it may. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ExceededException() {
      super("the check takes too many steps", null, false, false);
    }
  }

  Effort(long steps) {
    left = steps;
  }

  /**
   * Takes a step.
   *
   * @throws ExceededException if there is none left
   */
  void take() {
    left--;
    if (left < 0) {
      throw new ExceededException();
    }
  }
}
