package dev.serai.gateway.reload;

/** A fault of a route file, found before Camel loads it. The message is for the operator. */
final class RouteFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final boolean follows;

  /**
   * @param line counted from 1; 0 if the fault has no line
   */
  RouteFault(int line, String reason) {
    this(line, reason, false);
  }

  private RouteFault(int line, String reason, boolean follows) {
    super(reason);
    this.line = line;
    this.follows = follows;
  }

  /** A fault that may follow from one of the shape, such as a misspelt word, which then counts. */
  static RouteFault following(int line, String reason) {
    return new RouteFault(line, reason, true);
  }

  boolean mayFollow() {
    return follows;
  }

  int line() {
    return line;
  }
}
