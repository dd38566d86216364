package dev.serai.gateway.wiring;

import java.util.List;

/** The gateway cannot start; the message has one line for each fault, written for the operator. */
final class StartException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param faults with the place of each
   */
  StartException(List<String> faults) {
    super(String.join("\n", faults));
  }
}
