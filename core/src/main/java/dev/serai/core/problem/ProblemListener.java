package dev.serai.core.problem;

/** Is told of every problem that a caller is shown. Runs on the event loop: must not block. */
@FunctionalInterface
public interface ProblemListener {
  void shown(GatewayProblem problem);
}
