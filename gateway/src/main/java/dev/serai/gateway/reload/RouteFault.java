package dev.serai.gateway.reload;

/** A fault of a route file, found before Camel loads it. The message is for the operator. */
final class RouteFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * @param line counted from 1; 0 if the fault has no line
   */
  RouteFault(int line, String reason) {
    super(reason);
    this.line = line;
  }

  int line() {
    return line;
  }
}
