package dev.serai.core.problem.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class CausesTest {
  @Test
  void aWrappedCauseIsFoundAndAnythingElseIsItsOwnCause() {
    IllegalStateException cause = new IllegalStateException();
    assertThat(Causes.unwrapped(new CompletionException(cause))).isSameAs(cause);
    assertThat(Causes.unwrapped(cause)).isSameAs(cause);
    CompletionException bare = new CompletionException("bare", null);
    assertThat(Causes.unwrapped(bare)).isSameAs(bare);
  }
}
