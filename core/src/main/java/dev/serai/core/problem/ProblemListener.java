package dev.serai.core.problem;

/** Receives every problem that a client is shown. Runs on the event loop: must not block. */
@FunctionalInterface
public interface ProblemListener {
  void shown(GatewayProblem problem);
}
