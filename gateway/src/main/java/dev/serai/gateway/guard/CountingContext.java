package dev.serai.gateway.guard;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;

/**
 * Counts what the comparison of one JSON text with a schema costs: keywords that are applied, and
 * errors that are kept. Alternatives within alternatives, such as an {@code anyOf} that refers to
 * itself, are all tried, so that without a bound a short text takes hours and all memory. Not
 * thread-safe.
 */
final class CountingContext extends ExecutionContext {
  private static final int MIN_STEPS = 20_000;
  private static final int STEPS_OF_CHARACTER = 50;
  private static final int MAX_STEPS = 2_000_000;
  private static final int MIN_ERRORS = 2_000;
  private static final int MAX_ERRORS = 100_000;

  private final Effort steps;
  private final Effort errors;

  /**
   * @param length of the text, in characters
   */
  CountingContext(int length) {
    steps = new Effort(Math.min(MAX_STEPS, MIN_STEPS + (long) STEPS_OF_CHARACTER * length));
    errors = new Effort(Math.min(MAX_ERRORS, MIN_ERRORS + (long) length));
    setFailFast(true);
  }

  @Override
  public void evaluationPathAddLast(String token) {
    steps.take();
    super.evaluationPathAddLast(token);
  }

  @Override
  public void evaluationPathAddLast(int token) {
    steps.take();
    super.evaluationPathAddLast(token);
  }

  @Override
  public void addError(Error error) {
    errors.take();
    super.addError(error);
  }
}
